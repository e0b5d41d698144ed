// Runs tasks on several processors at once. An outcome depends on its task only, so the number of
// threads and the order of their work change nothing but the time.

import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import { buildSync } from "esbuild";
import { projectPath } from "./build/paths.js";

const PATHS = "tools/build/paths.ts";

interface Job<Task, Outcome> {
  task: Task;
  resolve: (outcome: Outcome) => void;
  reject: (error: Error) => void;
}

export interface PoolOptions<Task> {
  /** Script of a thread, a path in the checkout, and what it is given. */
  entry: string;
  workerData: unknown;
  threads: number;
  /** Tasks of the same number share something that their thread keeps. */
  home?: (task: Task) => number;
  /** Hears of every run that is done. */
  told?: () => void;
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
    // the one file that asks where it is
    define: { "import.meta.url": JSON.stringify(pathToFileURL(projectPath(PATHS)).href) },
  }).outputFiles;
  return script!.text;
}

export class Pool<Task, Outcome> {
  readonly #options: PoolOptions<Task>;
  readonly #idle: { worker: Worker; at: number }[] = [];
  readonly #workers: Worker[] = [];
  readonly #queue: Job<Task, Outcome>[] = [];
  /** Runs that are done, of this pool's life. */
  done = 0;

  constructor(options: PoolOptions<Task>) {
    this.#options = options;
    const script = scriptOf(options.entry);
    const { workerData, threads } = options;
    for (let at = 0; at < threads; at++) {
      const worker = new Worker(script, { eval: true, workerData, execArgv: [] });
      this.#workers.push(worker);
      this.#idle.push({ worker, at });
    }
  }

  /** Runs a task; many may be under way at once. */
  readonly run = (task: Task): Promise<Outcome> =>
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
      this.#options.told?.();
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

  /** A task that is at home with this thread; out of those, it helps others. */
  #next(at: number): Job<Task, Outcome> | undefined {
    const { home } = this.#options;
    const own =
      home && this.#queue.findIndex(({ task }) => home(task) % this.#workers.length === at);
    return this.#queue.splice(Math.max(own ?? 0, 0), 1)[0];
  }

  async close(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.terminate()));
  }
}
