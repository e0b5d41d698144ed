// A core whose steps are watched, and whose decisions may be changed before the firmware reads
// them: for questions of what would have been otherwise.

import { Core } from "../../../host/core/core.js";
import { Words } from "../../../host/core/words.js";
import { coreModule } from "../../build/built.js";

let compiled: WebAssembly.Module | undefined;

/** `after` is called with the core's words after each of its steps. */
export function watchedCore(after: (words: Words) => void): Core {
  compiled ??= coreModule();
  const { exports } = new Core(new WebAssembly.Instance(compiled).exports);
  const core: Core = new Core({
    ...exports,
    step: () => {
      const status = exports.step();
      after(words);
      return status;
    },
  });
  const words = new Words(core);
  return core;
}
