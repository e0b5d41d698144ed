// One random life for the gauge's runs: a node with a wrong profile, whatever may happen to it,
// then a true full charge and half a discharge.

import { AREAS_END, Reason } from "../../host/core/abi.js";
import { Random } from "../../tools/vectors/random.js";
import { type Fault, FAULTS, GaugeBoard, type Truth, drawTruth } from "./gauge_board.js";
import { HostileChecks } from "./hostile_checks.js";
import { type NodeUnderTest } from "./node_under_test.js";

/** What a run came to. */
export interface GaugeRun {
  truth: Truth;
  /** What was not sound; undefined: nothing. */
  unsound?: string;
  /** Of the voltage: never failed; failed and healed before the charge; was broken to the end. */
  sensor: "sound" | "healed" | "faulty";
  hazards: Hazard[];
  /** The cell got full; otherwise nothing is asked of SOC. */
  full: boolean;
  /** Of SOC after half a discharge, and the gauge's sigma of it. */
  error: number;
  sigma: number;
}

/** What may go wrong in a run, each or not. */
export const HAZARDS = [
  // values are missing from samples
  "missing",
  // the light is gone at the end of an interval in which the charger held its voltage
  "dusk",
  // the clock jumps
  "clock",
  // the node loses power, and all it knew or a time that nobody tells
  "reboot",
  // the voltage sensor fails and heals, or does not
  "sensor",
  // wakes up to two days apart instead of two hours
  "gaps",
] as const;
export type Hazard = (typeof HAZARDS)[number];

const HOUR_S = 3600;
const NAH_PC = 3.6e6;

class Story {
  readonly board: GaugeBoard;
  readonly #checks: HostileChecks;
  unsound: string | undefined;
  readonly hazards: Hazard[];

  constructor(
    readonly random: Random,
    node: NodeUnderTest,
    readonly log: ((line: string) => void) | undefined,
    exact: boolean,
  ) {
    this.#checks = new HostileChecks(node);
    this.hazards = HAZARDS.filter(() => random.chance(0.3));
    this.board = new GaugeBoard(drawTruth(random, exact), random, node);
  }

  #may(hazard: Hazard): boolean {
    return this.hazards.includes(hazard);
  }

  /** SOC as the gauge has it less what it is. */
  get error(): number {
    return this.board.node.get("gauge", "soc") - this.board.cell.soc;
  }

  wake(dt_s: number, offer_nA: number, now_nA: number, events: number, missing: number): void {
    const status = this.board.wake({ dt_s, offer_nA, now_nA, events, missing });
    this.unsound ??= this.#checks.status(status) ?? this.#checks.state();
    const { node, cell, fault } = this.board;
    const errors_mV = [0, 1, 2].map((i) => node.get("vital", "voltage_error_mV", i));
    this.log?.(
      [
        `dt ${dt_s.toFixed(0)} s`,
        `offer ${offer_nA.toFixed(0)} now ${now_nA.toFixed(0)} nA`,
        `events ${events}`,
        `status ${status}`,
        `soc ${cell.soc.toFixed(4)} gauge ${node.get("gauge", "soc").toFixed(4)}`,
        `sigma ${node.get("gauge", "soc_sigma").toFixed(4)}`,
        `hypotheses ${node.get("gauge", "hypotheses")}`,
        `corrections ${node.get("gauge", "corrections")}`,
        `read ${node.get("sample", "voltage_mV").toFixed(1)} mV`,
        `flags ${node.get("sample", "pmic_flags")} fault ${fault}`,
        `load x ${node.get("vital", "load_scale").toFixed(3)}`,
        `harvest x ${node.get("vital", "harvest_scale").toFixed(3)}`,
        `float ${(100 * node.get("vital", "float_error")).toFixed(3)} %`,
        `voltage ${errors_mV.map((mV) => mV.toFixed(1)).join(" ")} mV`,
        `r x ${node.get("gauge", "resistance_scale").toFixed(2)}`,
        `innovation ${node.get("gauge", "innovation_mV").toFixed(1)} mV`,
      ].join(", "),
    );
  }

  /** Some time of a node's life with whatever may happen in it. */
  live(): void {
    const { random, board } = this;
    const hourly_nA = board.truth.capacity_nAh;
    const wakes = 10 + random.below(60);
    const breaks = this.#may("sensor") ? random.below(wakes) : -1;
    const mends = breaks + 1 + random.below(30);
    for (let i = 0; i < wakes; i++) {
      if (i === breaks) this.#break(random.pick(FAULTS));
      if (i === mends) board.fault = "none";
      if (random.chance(0.05) && this.#may("reboot")) this.#brownOut();
      if (random.chance(0.03) && this.#may("clock")) this.#jump();
      const dt_s = random.decades(1, this.#may("gaps") ? 48 * HOUR_S : 2 * HOUR_S);
      const { soc } = board.cell;
      const dark = soc > 0.05 && random.chance(0.5);
      const offer_nA = dark ? 0 : hourly_nA * random.decades(0.003, 0.3);
      // at dusk the light of the interval is gone
      const now_nA = offer_nA * (this.#may("dusk") ? random.pick([0, 0.05, 0.5, 1, 1]) : 1);
      // at most C/2, and never empty
      const usable = Math.min(0.3 * Math.max(0, soc - 0.05), (0.5 * dt_s) / HOUR_S);
      const used = random.chance(0.5) ? usable * random.between(0, 1) : 0;
      const events = board.eventsFor(used * hourly_nA * NAH_PC);
      this.wake(dt_s, offer_nA, now_nA, events, this.#missing());
    }
  }

  /** How likely each value of the next sample is missing. */
  #missing(): number {
    return this.#may("missing") ? this.random.pick([0, 0.1, 0.6]) : 0;
  }

  #break(fault: Fault): void {
    this.log?.(`sensor ${fault}`);
    this.board.breakSensor(fault);
  }

  #brownOut(): void {
    const { random } = this;
    const off_s = random.decades(1, 1e6);
    const reason = random.pick([Reason.cold, Reason.warm, Reason.wake]);
    const known = random.chance(0.5);
    this.log?.(`off for ${off_s.toFixed(0)} s, known ${known}, reason ${reason}`);
    this.board.brownOut(off_s, reason, known);
  }

  #jump(): void {
    const by_ms = this.random.pick([-3600000, 3600000, 86400000, this.random.word()]);
    this.log?.(`clock jumps by ${by_ms} ms`);
    this.board.jump(by_ms);
  }

  /** Charges with false tapers on the way, until the charger's voltage is reached in truth. */
  fill(): boolean {
    const { random, board } = this;
    const { cell, truth } = board;
    const full = cell.full();
    const offer_nA = truth.capacity_nAh * random.decades(0.02, 0.4);
    let settled = 0;
    for (let i = 0; i < 300 && settled < 3; i++) {
      const dt_s = random.decades(60, 2 * HOUR_S);
      const dusk = random.chance(0.1) && this.#may("dusk");
      const light_nA = dusk ? offer_nA * random.between(0, 0.1) : offer_nA;
      this.wake(
        dt_s,
        light_nA,
        dusk ? light_nA * random.between(0, 1) : light_nA,
        0,
        this.#missing(),
      );
      settled = !dusk && cell.held && full - cell.soc < 0.004 ? settled + 1 : 0;
    }
    return settled === 3;
  }

  /** Takes half of what the cell holds. */
  drain(): void {
    const { random, board } = this;
    const { cell, truth } = board;
    const wakes = 20 + random.below(60);
    const dt_s = (random.decades(5, 240) * HOUR_S) / wakes;
    const end = cell.soc - 0.5;
    for (let left = wakes; left > 0; left--) {
      const charge_pC = ((cell.soc - end) * truth.capacity_nAh * NAH_PC) / left;
      const asleep_pC = board.sleep_nA * truth.load_ratio * dt_s * 1000;
      this.wake(dt_s, 0, 0, board.eventsFor(charge_pC - asleep_pC), this.#missing());
    }
  }
}

/** One run of this seed; `exact`: gain and set point are what the profile says. */
export function gaugeRun(
  seed: number,
  node: NodeUnderTest,
  log?: (line: string) => void,
  exact = false,
): GaugeRun {
  new Uint8Array(node.core.memory.buffer).fill(0, 0, AREAS_END);
  const random = new Random(seed);
  const story = new Story(random, node, log, exact);
  log?.(`${JSON.stringify(story.board.truth)} hazards ${story.hazards.join(" ")}`);
  story.live();
  const { board } = story;
  if (board.fault !== "none" && random.chance(0.5)) board.fault = "none";
  const broke = board.broke ? "healed" : "sound";
  const sensor = board.fault === "none" ? broke : "faulty";
  log?.("charge");
  const full = story.fill();
  log?.("discharge");
  story.drain();
  const run: GaugeRun = {
    truth: board.truth,
    sensor,
    hazards: story.hazards,
    full,
    error: story.error,
    sigma: node.get("gauge", "soc_sigma"),
  };
  if (story.unsound !== undefined) run.unsound = story.unsound;
  return run;
}
