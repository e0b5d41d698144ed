// Drivers of parts with a bus, usable from Moddable, Espruino and Node. docs/PARTS.md has their
// registers.

export { type EspruinoI2c, type I2cDevice, RegisterPort, espruinoDevice } from "./bus.js";
export { type Charger, type ChargerDecision, type ChargerStatus } from "./charger.js";
export { FRAM_ADDRESS, Fram, type FramOptions } from "./fram.js";
export { NEH7100_ADDRESS, Neh7100, type Neh7100Options } from "./neh7100.js";
