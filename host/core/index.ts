// The package `tfmb`: the core with names, the profile compiler, and the tables of the ABI.

export { ABI_VERSION, AREAS, LAYOUT_HASH, SIGNATURES } from "./abi.js";
export { Actuators, Faults, Mode, Paths, Pmic, Reason, Status, Values, Vetoes } from "./abi.js";
export { Core, type CoreInstance, type StorageOperation, type StoragePort } from "./core.js";
export { ProfileError, compileProfile, describeProfile } from "./profile.js";
export { type ProfileTables, type ProfileValues } from "./profile.js";
export { type Measured } from "./sample.js";
export { Words, type AreaWords } from "./words.js";
export { statusCode, statusDetail, statusName, statusText } from "./status.js";
