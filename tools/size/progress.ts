// Progress of a search on a terminal: what is being done, on one line that goes away. How many runs
// it takes depends on what they find. Quiet where the output is not a terminal.

import { performance } from "node:perf_hooks";

/** Shorter searches are over before one can read. */
const PATIENCE_MS = 500;
const EVERY_MS = 100;

const PHASES = ["frontier", "percentiles", "answer"];

export class SearchProgress {
  phase = "";
  readonly #start_ms = performance.now();
  #told_ms = 0;
  #shown = false;

  constructor(readonly out: NodeJS.WriteStream = process.stderr) {}

  /** Told how many runs are done; writes at most ten times a second. */
  tell(runs: number): void {
    const now_ms = performance.now();
    const gone_ms = now_ms - this.#start_ms;
    if (!this.out.isTTY || gone_ms < PATIENCE_MS || now_ms - this.#told_ms < EVERY_MS) return;
    this.#told_ms = now_ms;
    this.#shown = true;
    const step = PHASES.indexOf(this.phase) + 1;
    const words = `step ${step} of ${PHASES.length}, ${this.phase}: ${runs} runs`;
    this.out.write(`\r  ${words}, ${(gone_ms / 1000).toFixed(0)} s\u001b[K`);
  }

  /** Takes the line away. */
  clear(): void {
    if (this.#shown) this.out.write("\r\u001b[K");
  }
}
