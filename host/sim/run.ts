// What a run of a node came to, beside the ledgers of its plant and the deeds of its board: how
// well the estimate did, how long it was in which mode, and the trace.

import { type AreaWords } from "../core/words.js";
import { type Board } from "./board.js";
import { type Deeds } from "./deeds.js";
import { type Node } from "./node.js";
import { OFF, type RunTrace } from "./record.js";

/** Errors of the estimate are judged from here on: the start is the filter's own affair. */
const SETTLED_S = 86400;
/** So often a switched-off node is looked at. */
export const OFF_STEP_S = 600;

/** A board with a core behind it, wherever that runs. */
export interface Living {
  readonly board: Board;
  readonly deeds: Deeds;
  readonly words: {
    readonly decision: AreaWords<"decision">;
    readonly gauge: AreaWords<"gauge">;
  };
}

export class Run {
  brownouts = 0;
  off_s = 0;
  /** Time in each mode of the core, by its number. */
  readonly mode_s = [0, 0, 0, 0];
  readonly soc_start: number;
  soc_min: number;
  soc_max: number;
  /** Sums over the judged wakes: squared error, largest, those within two sigma, sigma. */
  judged = 0;
  squares = 0;
  worst = 0;
  within = 0;
  sigmas = 0;
  #recorded_s = 0;
  #recorded_in_nC = 0;
  #recorded_out_nC = 0;

  constructor(
    readonly node: Node,
    readonly firmware: Living,
    readonly length_s: number,
    readonly trace?: RunTrace,
  ) {
    this.soc_start = node.cell.soc;
    this.soc_min = this.soc_start;
    this.soc_max = this.soc_start;
  }

  /** Sleeps until the next wake, or `end_s`. */
  sleep(end_s: number): void {
    const { node, firmware } = this;
    const from_s = node.time_s;
    firmware.board.sleep(end_s);
    this.mode_s[firmware.words.decision.mode]! += node.time_s - from_s;
    if (!node.on) this.brownouts++;
  }

  /** Without its load the node waits for the supervisor. */
  waitOff(end_s: number): void {
    const { node, firmware } = this;
    const from_s = node.time_s;
    node.pass(Math.min(end_s, from_s + OFF_STEP_S), firmware.board.of.unattended);
    this.off_s += node.time_s - from_s;
    this.#span(node.cell.soc);
    this.#record(OFF);
  }

  /** A wake is over: compares the estimate with the truth, and keeps it. */
  note(): void {
    this.#judge();
    this.#record(this.firmware.words.decision.mode);
  }

  #span(soc: number): void {
    if (soc < this.soc_min) this.soc_min = soc;
    if (soc > this.soc_max) this.soc_max = soc;
  }

  #judge(): void {
    const { node, firmware } = this;
    const { gauge } = firmware.words;
    const soc = firmware.board.sampled_soc;
    this.#span(soc);
    if (node.time_s < Math.min(SETTLED_S, this.length_s / 4)) return;
    const error = Math.abs(gauge.soc - soc);
    this.judged++;
    this.squares += error * error;
    this.sigmas += gauge.soc_sigma;
    if (error > this.worst) this.worst = error;
    if (error <= 2 * gauge.soc_sigma) this.within++;
  }

  /** One row of the trace. */
  #record(mode: number): void {
    const { node, firmware, trace } = this;
    if (trace === undefined || trace.count >= trace.t_s.length) return;
    const { board, words } = firmware;
    const i = trace.count;
    trace.count++;
    trace.t_s[i] = node.time_s;
    trace.lux[i] = node.harvest.around.lux;
    trace.temperature_degC[i] = node.cell.temperature_degC;
    trace.soc[i] = mode === OFF ? node.cell.soc : board.sampled_soc;
    trace.estimate[i] = mode === OFF ? NaN : words.gauge.soc;
    trace.sigma[i] = mode === OFF ? NaN : words.gauge.soc_sigma;
    trace.voltage_mV[i] = mode === OFF ? node.voltage_mV() : board.sampled_mV;
    const { ledger } = node;
    const per_s = 1 / (node.time_s - this.#recorded_s);
    trace.harvest_nA[i] = (ledger.delivered_nC - this.#recorded_in_nC) * per_s;
    trace.load_nA[i] = (ledger.load_nC - this.#recorded_out_nC) * per_s;
    this.#recorded_s = node.time_s;
    this.#recorded_in_nC = ledger.delivered_nC;
    this.#recorded_out_nC = ledger.load_nC;
    trace.mode[i] = mode;
  }
}
