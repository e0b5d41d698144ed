// Progress of a long run on a terminal: share, rate and time left, on one line that goes away.
// Quiet where the output is not a terminal.

import { performance } from "node:perf_hooks";

/** Shorter runs are over before one can read. */
const PATIENCE_MS = 500;
const EVERY_MS = 100;
const BAR = 24;

export class Progress {
  readonly #start_ms = performance.now();
  #told_ms = 0;
  #shown = false;

  constructor(
    readonly length_s: number,
    readonly out: NodeJS.WriteStream = process.stderr,
  ) {}

  /** Told which share is done; writes at most ten times a second. */
  tell(share: number): void {
    const now_ms = performance.now();
    const gone_ms = now_ms - this.#start_ms;
    if (!this.out.isTTY || gone_ms < PATIENCE_MS || now_ms - this.#told_ms < EVERY_MS) return;
    this.#told_ms = now_ms;
    this.#shown = true;
    const full = Math.round(share * BAR);
    const bar = "█".repeat(full) + "·".repeat(BAR - full);
    const rate = (share * this.length_s * 1000) / gone_ms;
    const left_s = (gone_ms * (1 / share - 1)) / 1000;
    const words = `${rate.toExponential(1)} s/s, ${left_s.toFixed(0)} s left`;
    this.out.write(`\r  ${bar} ${(100 * share).toFixed(0)} %  ${words}\u001b[K`);
  }

  /** Takes the line away. */
  clear(): void {
    if (this.#shown) this.out.write("\r\u001b[K");
  }
}
