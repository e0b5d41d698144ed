// One thread of the pool: runs what it is sent, and sends back what came of it.

import { parentPort, workerData } from "node:worker_threads";
import { Trials, type Plan, type Task } from "./trial.js";

const { plan, core } = workerData as { plan: Plan; core: WebAssembly.Module };
const trials = new Trials(plan, core);

parentPort?.on("message", (task: Task) => parentPort?.postMessage(trials.run(task)));
