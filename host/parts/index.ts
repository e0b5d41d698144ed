// Drivers of parts with a bus, usable from Moddable, Espruino and Node. docs/PARTS.md has their
// registers.

export { type EspruinoI2c, type I2cDevice, RegisterPort, espruinoDevice } from "./bus.js";
export { type Charger, type ChargerDecision, type ChargerStatus } from "./charger.js";
export { FRAM_ADDRESS, Fram, type FramOptions } from "./fram.js";
export { NEH7100_ADDRESS, Neh7100, type Neh7100Options } from "./neh7100.js";
export { AEM13920_ADDRESS, Aem13920, type Aem13920Options } from "./aem13920.js";
export { CBC915_BAUD, Cbc915, type Cbc915Options, type UartPort } from "./cbc915.js";
