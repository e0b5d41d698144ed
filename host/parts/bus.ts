// The bus that a driver is given: one address on an I2C bus, in the three runtimes. Every failure,
// a missing acknowledge among them, is an exception; drivers add the part's name and pass it on.

/** One address. An ECMA-419 I2C or SMBus instance is one as it is. */
export interface I2cDevice {
  /** `stop` false: a read follows with a repeated start. */
  write(bytes: Uint8Array, stop?: boolean): void;
  read(length: number): Uint8Array | ArrayBuffer;
}

/** Espruino's I2C, as far as it is used here. */
export interface EspruinoI2c {
  writeTo(address: number | { address: number; stop: boolean }, bytes: Uint8Array): void;
  readFrom(address: number, length: number): Uint8Array;
}

/** One address of an Espruino I2C port. */
export function espruinoDevice(i2c: EspruinoI2c, address: number): I2cDevice {
  return {
    write: function (bytes, stop) {
      i2c.writeTo({ address: address, stop: stop !== false }, bytes);
    },
    read: function (length) {
      return i2c.readFrom(address, length);
    },
  };
}

/** Byte registers that a pointer walks through: what PMICs have. */
export class RegisterPort {
  private device: I2cDevice;
  private part: string;

  constructor(part: string, device: I2cDevice) {
    this.part = part;
    this.device = device;
  }

  /** `length` registers from `at` on. */
  read(at: number, length: number): Uint8Array {
    let bytes: Uint8Array;
    try {
      this.device.write(new Uint8Array([at]), false);
      bytes = new Uint8Array(this.device.read(length));
    } catch (error) {
      throw this.failed("read", at, error);
    }
    if (bytes.length !== length) throw this.failed("read", at, "only " + bytes.length + " bytes");
    return bytes;
  }

  readByte(at: number): number {
    return this.read(at, 1)[0]!;
  }

  /** Registers from `at` on. */
  write(at: number, values: number[]): void {
    try {
      this.device.write(new Uint8Array([at].concat(values)));
    } catch (error) {
      throw this.failed("write", at, error);
    }
  }

  private failed(what: string, at: number, error: unknown): Error {
    return new Error(this.part + ": " + what + " of register " + at + " failed: " + String(error));
  }
}
