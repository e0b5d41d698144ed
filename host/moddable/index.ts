// The module `tfmb/moddable`: sensor, node, journal. The core behind it is `tfmb/core`.

export {
  type Activity,
  type AnalogChannel,
  type AnalogInput,
  type BatteryOptions,
  type BatterySample,
  type BatterySettings,
  ThinFilmBattery,
} from "./battery.js";
export { type CoreInstance, type JournalPort } from "./core_port.js";
export { FlashJournal, type FlashPartition } from "./flash_journal.js";
export { BatteryNode, type NodeOptions, type SleepModule, type Wait, bootReason } from "./node.js";
export { type RetainedWords } from "./retained.js";
