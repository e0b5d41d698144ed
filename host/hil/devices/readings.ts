// Which values of a sample the rig's RP2040 board measures by its own peripherals, and what these
// have to show for it: ADC counts, the charger's flag, the meter's registers, the clock. A value
// that a peripheral cannot show with the same bits (NaN, a voltage between two counts, a time that
// runs backwards) is left in the sample and reaches the image over the UART.

import { AREAS, Pmic, Values } from "../../core/abi.js";
import { type METER_PLACES, type Meter } from "../twins/meter.js";
import { FromBoard } from "../wire/image_frame.js";
import { type AnalogInputs } from "./rp2040_board.js";

/** The board's temperature sensor: see boards/images/rp2040/sensors.c. */
const TEMPERATURE = { step: 250_000, zero: 400 };
const COUNTS = 4096;
const MICRO = 1e-6;
/** What a field of the frame holds when the board is to measure it. */
const POISON = 0xff;

const { fields } = AREAS.sample;
type Field = keyof typeof fields;
type Metered = keyof typeof METER_PLACES;

const METERED: [Metered, number][] = [
  ["charge_pC", Values.charge],
  ["harvest_mean_nA", Values.harvest],
  ["harvest_now_nA", Values.harvest_now],
  ["probe_nA", Values.probe],
  ["current_nA", Values.current],
];

/** The ADC's step in whole nanovolts, as the image has it from the profile. */
export function stepOf(profile: Uint8Array): number {
  const { offset } = AREAS.profile.fields.adc_lsb_mV;
  const lsb_mV = new DataView(profile.buffer, profile.byteOffset).getFloat32(offset, true);
  return Math.trunc(Math.fround(Math.fround(lsb_mV * Math.fround(1e6)) + 0.5));
}

/** The count that the image turns into exactly these bits; undefined: there is none. */
export function countOf(value: number, step: number, zero = 0): number | undefined {
  const count = Math.round(value / (step * MICRO));
  const shown = Math.fround((count * step) / 1e6);
  // not the same for a zero with a sign, either
  const isShown = Object.is(shown, value) && count + zero >= 0 && count + zero < COUNTS;
  return isShown ? count + zero : undefined;
}

export interface Asked {
  /** `Values` and `FromBoard` bits that the image measures itself. */
  asked: number;
  /** The sample without these values. */
  sample: Uint8Array;
}

/** Sets up the board's inputs for a sample, and says what is to be asked of the board. */
export function showReadings(
  sample: Uint8Array,
  step: number,
  to: { analog: AnalogInputs; meter: Meter; charger: { isLimiting: boolean } },
): Asked {
  const left = sample.slice();
  const view = new DataView(left.buffer);
  const valid = view.getUint32(fields.valid.offset, true);
  let asked = 0;
  const take = (field: Field, bit: number, index = 0) => {
    const bytes = fields[field].type === "i64" ? 8 : 4;
    const at = fields[field].offset + bytes * index;
    const taken = left.slice(at, at + bytes);
    left.fill(POISON, at, at + bytes);
    asked |= bit;
    return taken;
  };
  const number = (field: Field, index = 0) =>
    view.getFloat32(fields[field].offset + 4 * index, true);
  const analog = (
    field: Field,
    bit: number,
    show: (count: number) => void,
    { index = 0, zero = 0, unit = step } = {},
  ) => {
    const count = valid & bit ? countOf(number(field, index), unit, zero) : undefined;
    if (count === undefined) return;
    show(count);
    take(field, bit, index);
  };

  analog("voltage_mV", Values.voltage, (count) => (to.analog.cell = count));
  analog("voltage_loaded_mV", Values.pulse, (count) => (to.analog.cellUnderLoad = count));
  const sensor = { zero: TEMPERATURE.zero, unit: TEMPERATURE.step };
  const warm = (count: number) => (to.analog.sensor = count);
  analog("temperature_degC", Values.temperature, warm, sensor);
  for (let index = 0; index < fields.source_mV.count; index++) {
    const open = (count: number) => (to.analog.sources[index] = count);
    analog("source_mV", Values.source << index, open, { index });
  }
  for (const [name, bit] of METERED) {
    if (valid & bit) to.meter.show(name, take(name, bit));
  }
  const flags = view.getUint32(fields.pmic_flags.offset, true);
  to.charger.isLimiting = (flags & Pmic.limiting) !== 0;
  view.setUint32(fields.pmic_flags.offset, flags & ~Pmic.limiting, true);
  return { asked: asked | FromBoard.limiting, sample: left };
}
