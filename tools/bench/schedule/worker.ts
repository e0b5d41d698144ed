// One thread of the schedule bench: lives the trials that it is sent, and sends back their figures.

import { parentPort, workerData } from "node:worker_threads";
import { type Trial, type TrialPlan, Trials } from "./trial.js";

const trials = new Trials(workerData as TrialPlan);

parentPort?.on("message", (trial: Trial) => {
  // a fault ends the thread, which the pool tells
  void trials.run(trial).then((figures) => parentPort?.postMessage(figures));
});
