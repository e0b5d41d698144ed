// One thread of the gauge bench: runs the cases that it is sent, and sends back their scores.

import { parentPort, workerData } from "node:worker_threads";
import { runTwin, type Plan, type Task } from "./twin_run.js";

const { plan, core } = workerData as { plan: Plan; core: WebAssembly.Module };

parentPort?.on("message", (task: Task) => parentPort?.postMessage(runTwin(plan, core, task)));
