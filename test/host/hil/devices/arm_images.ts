// Tests of images need the compiler for them; without it they are skipped, or fail under CI.

import assert from "node:assert/strict";
import { type TestContext } from "node:test";
import { ARM_GCC, ARM_PACKAGES, isInstalled } from "../../../../tools/build/images.js";

/** Whether everything is there; `emulators` are programs beside the compiler. */
export function hasImages(t: TestContext, ...emulators: string[]): boolean {
  if ([ARM_GCC, ...emulators].every(isInstalled)) return true;
  assert.notEqual(process.env.CI, "true", ARM_PACKAGES);
  t.skip(ARM_PACKAGES);
  return false;
}
