// The vital area in the retained RAM of an nRF52: Moddable's `sleep` module keeps 32 words through
// resets and System OFF. The core's seal tells whether what comes back is whole, so a cut between
// two words costs no more than a lost record. What is in `warm` (forecast, books) is not kept.

import { AREAS } from "../core/abi.js";
import { type CorePort } from "./core_port.js";

/** The default export of Moddable's `sleep` on nRF52, as far as it is used here. */
export interface RetainedWords {
  /** `index` 0..31; 0 where nothing was retained. */
  getRetainedValue(index: number): number;
  setRetainedValue(index: number, value: number): void;
}

/** Words of `vital`: 31 at most. */
const VITAL_WORDS = AREAS.vital.size / 4;

/** After a step. */
export function saveRetained(core: CorePort, retained: RetainedWords): void {
  for (let index = 0; index < VITAL_WORDS; index++) {
    retained.setRetainedValue(index, core.vitalWord(index));
  }
}

/** Puts `vital` back where boot() looks for it. */
export function restoreVital(core: CorePort, retained: RetainedWords): void {
  for (let index = 0; index < VITAL_WORDS; index++) {
    core.setVitalWord(index, retained.getRetainedValue(index) | 0);
  }
}
