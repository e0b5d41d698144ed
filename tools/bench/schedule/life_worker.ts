// One thread of the schedule bench's whole lives: each message is a life, answered by its figures.

import { parentPort } from "node:worker_threads";
import { brownOutFigures } from "./brown_outs.js";
import { limitFigures } from "./critical_current.js";
import { type LifeTrial } from "./lives.js";

parentPort?.on("message", (trial: LifeTrial) => {
  const figures = trial.kind === "limit" ? limitFigures(trial) : brownOutFigures(trial);
  parentPort?.postMessage(figures);
});
