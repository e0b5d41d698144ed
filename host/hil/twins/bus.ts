// A bus of twins for drivers that run in Node: what nobody acknowledges is an exception, as on an
// ECMA-419 I2C port and on Espruino's.

import { type EspruinoI2c, type I2cDevice } from "../../parts/bus.js";
import { type I2cTwin } from "./register_twin.js";

const noAnswer = (address: number): Error => new Error(`no answer from I2C address ${address}`);

/** One address: what a driver is given. */
export function deviceOf(twin: I2cTwin): I2cDevice {
  return {
    write(bytes) {
      if (!twin.write(bytes)) throw noAnswer(twin.address);
    },
    read(length) {
      return twin.read(length);
    },
  };
}

/** All of them behind one port, as Espruino has it. */
export function espruinoBus(twins: readonly I2cTwin[]): EspruinoI2c {
  const find = (address: number): I2cTwin => {
    const twin = twins.find((candidate) => candidate.address === address);
    if (twin === undefined) throw noAnswer(address);
    return twin;
  };
  return {
    writeTo(to, bytes) {
      const address = typeof to === "number" ? to : to.address;
      if (!find(address).write(bytes)) throw noAnswer(address);
    },
    readFrom: (address, length) => find(address).read(length),
  };
}
