// The threads of `tfmb size`: each has seeds, whose environments it keeps.

import { Pool } from "../pool.js";
import { type Outcome, type Plan, type Task } from "./trial.js";

/** Runs a task; many may be under way at once. */
export type Runner = (task: Task) => Promise<Outcome>;

/** `told` hears of every run that is done. */
export function sizePool(
  plan: Plan,
  core: WebAssembly.Module,
  threads: number,
  told: () => void,
): Pool<Task, Outcome> {
  const entry = "tools/size/worker.ts";
  return new Pool({ entry, workerData: { plan, core }, threads, told, home: ({ seed }) => seed });
}
