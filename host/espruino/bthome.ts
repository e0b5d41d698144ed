// SOC and voltage as a BTHome v2 advertisement (https://bthome.io/format): service data of the UUID
// 0xFCD2, objects by rising number. Not encrypted: who hears it can read it.

const DEVICE_V2 = 0x40;
const PACKET_ID = 0x00;
/** u8, 1 %. */
const BATTERY = 0x01;
/** u16, 1 mV. */
const VOLTAGE = 0x0c;

function whole(value: number, most: number): number {
  return value > 0 ? Math.min(Math.round(value), most) : 0;
}

/** Service data; a receiver drops what has the `packet` number (0..255) of the one before. */
export function serviceData(packet: number, soc: number, voltage_mV: number): number[] {
  const mV = whole(voltage_mV, 65535);
  // prettier-ignore
  return [
    DEVICE_V2,
    PACKET_ID, packet & 255,
    BATTERY, whole(100 * soc, 100),
    VOLTAGE, mV & 255, mV >> 8,
  ];
}
