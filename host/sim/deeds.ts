// The record of what a simulated node's firmware did.

import { AREAS } from "../core/abi.js";

/** What the firmware did since the start. */
export class Deeds {
  steps = 0;
  boots = 0;
  resets = 0;
  records = 0;
  /** Bits of `Faults`, `Vetoes` and `Actuators` that were ever set. */
  faults = 0;
  vetoes = 0;
  unenforced = 0;
  /** The core's books by `Paths`, over all its starts. */
  readonly booked_pC = new Array<number>(AREAS.warm.fields.book_pC.count).fill(0);
  readonly done: number[];
  readonly refused: number[];
  /** Events whose pulse was more than the buffer had. */
  readonly failed: number[];

  constructor(classes: number) {
    this.done = new Array<number>(classes).fill(0);
    this.refused = new Array<number>(classes).fill(0);
    this.failed = new Array<number>(classes).fill(0);
  }
}
