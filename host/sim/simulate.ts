// A run: the node's program lives on the plant from the first second to the last. A run is (commit,
// scenario, seed): the same triple gives the same bytes.

import { Mode } from "../core/abi.js";
import { type Firmware } from "./firmware.js";
import { type Node } from "./node.js";
import { type RunTrace } from "./record.js";
import { Run } from "./run.js";

export { Run } from "./run.js";

/** So many wakes lie between two words about the progress. */
const TOLD_EVERY = 4096;

export interface RunOptions {
  trace?: RunTrace | undefined;
  /** Told now and then which share of the run is done. */
  progress?: ((share: number) => void) | undefined;
  /** Ends the run when the supply first breaks down, by the supervisor or under a pulse. */
  stop_at_brownout?: boolean | undefined;
}

/** Runs a node and its firmware for `hours`. */
export function simulate(node: Node, firmware: Firmware, hours: number, options: RunOptions): Run {
  const end_s = hours * 3600;
  const run = new Run(node, firmware, end_s, options.trace);
  const stops = options.stop_at_brownout === true;
  firmware.boot();
  while (node.time_s < end_s) {
    if (!node.on) {
      run.waitOff(end_s);
      if (node.on) firmware.boot();
      continue;
    }
    run.sleep(end_s);
    if (!node.on) {
      if (stops) break;
    } else if (node.time_s < end_s) {
      firmware.wake();
      if (stops && firmware.deeds.resets > 0) break;
      run.note();
      if (options.progress !== undefined && firmware.deeds.steps % TOLD_EVERY === 0) {
        options.progress(node.time_s / end_s);
      }
    }
  }
  firmware.closeBooks();
  firmware.board.refuseRest();
  return run;
}

/** Name of a mode. */
export function modeName(mode: number): string {
  return Object.entries(Mode).find(([, value]) => value === mode)?.[0] ?? "off";
}
