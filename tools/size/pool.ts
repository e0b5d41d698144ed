// Runs on all processors at once. An outcome depends on its task only, so the number of threads and
// the order of their work change nothing but the time.

import { Worker } from "node:worker_threads";
import { buildSync } from "esbuild";
import { projectPath } from "../build/paths.js";
import { type Outcome, type Plan, type Task } from "./trial.js";

/** Runs a task; many may be under way at once. */
export type Runner = (task: Task) => Promise<Outcome>;

interface Job {
  task: Task;
  resolve: (outcome: Outcome) => void;
  reject: (error: Error) => void;
}

/**
 * One script for all threads: a thread of Node 20 does not read TypeScript, and this starts fast.
 */
function scriptOf(entry: string): string {
  const [script] = buildSync({
    entryPoints: [projectPath(entry)],
    bundle: true,
    format: "cjs",
    platform: "node",
    target: "node20",
    write: false,
    logLevel: "error",
  }).outputFiles;
  return script!.text;
}

export class Pool {
  readonly #idle: { worker: Worker; at: number }[] = [];
  readonly #workers: Worker[] = [];
  readonly #queue: Job[] = [];
  /** Runs that are done, of this pool's life. */
  done = 0;

  /** `told` hears of every run that is done. */
  constructor(
    plan: Plan,
    core: WebAssembly.Module,
    threads: number,
    readonly told: () => void = () => undefined,
  ) {
    const script = scriptOf("tools/size/worker.ts");
    const options = { eval: true, workerData: { plan, core }, execArgv: [] };
    for (let at = 0; at < threads; at++) {
      const worker = new Worker(script, options);
      this.#workers.push(worker);
      this.#idle.push({ worker, at });
    }
  }

  readonly run: Runner = (task) =>
    new Promise((resolve, reject) => {
      this.#queue.push({ task, resolve, reject });
      const free = this.#idle.pop();
      if (free !== undefined) this.#serve(free.worker, free.at);
    });

  /** Gives a thread its next task, or lets it wait. */
  #serve(worker: Worker, at: number): void {
    const job = this.#next(at);
    if (job === undefined) {
      this.#idle.push({ worker, at });
      return;
    }
    const take = (outcome: Outcome) => {
      worker.off("error", fail);
      this.done++;
      this.told();
      job.resolve(outcome);
      // what follows from this outcome joins the queue before the thread chooses
      setImmediate(() => this.#serve(worker, at));
    };
    const fail = (error: Error) => {
      worker.off("message", take);
      job.reject(error);
    };
    worker.once("message", take).once("error", fail).postMessage(job.task);
  }

  /** Each thread has seeds, whose environments it keeps; out of work, it helps others. */
  #next(at: number): Job | undefined {
    const own = this.#queue.findIndex(({ task }) => task.seed % this.#workers.length === at);
    return this.#queue.splice(Math.max(own, 0), 1)[0];
  }

  async close(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.terminate()));
  }
}
