// A node living through some hours: the core in process, the plant around it, one wake after the
// other. Read, step, act, store, sleep - what a node program does.

import { performance } from "node:perf_hooks";
import { PartError } from "../../boards/check.js";
import { type Parts } from "../../boards/parts.js";
import { resolveProfile } from "../../boards/resolve.js";
import { plain, type Plain } from "../../boards/schema/quantity.js";
import { Mode, Pmic, Reason, Status } from "../../host/core/abi.js";
import { type Core } from "../../host/core/core.js";
import { type Snapshot } from "../../host/core/fields.js";
import { compileProfile, type ProfileValues } from "../../host/core/profile.js";
import { Node, type Books, type Settings } from "../../host/sim/node.js";
import { Random } from "../../host/sim/random.js";
import { Fram } from "./fram.js";
import { type LightTrace } from "./light.js";

/** One wake as the report sees it. */
export interface Wake {
  t_s: number;
  lux: number;
  soc: number;
  estimate: number;
  sigma: number;
  voltage_mV: number;
}

export interface Day {
  parts: Parts;
  light: string;
  hours: number;
  wakes: Wake[];
  books: Books;
  events: { name: string; done: number; refused: number }[];
  /** Time spent in each mode, s. */
  modes: Record<keyof typeof Mode, number>;
  /** Time below the board's cut-off, s. */
  off_s: number;
  /** Bits of `Faults`, `Vetoes` and `Actuators` that were ever set. */
  faults: number;
  vetoes: number;
  unenforced: number;
  start_soc: number;
  end_soc: number;
  steps: number;
  core_ms: number;
  records: number;
  restarts: number;
}

const DAY_H = 24;
/** How often a switched-off node is looked at. */
const OFF_STEP_S = 60;

class Session {
  readonly day: Day;
  readonly #profile: ProfileValues;
  readonly #board: Plain<Parts["board"]>;
  readonly #load: Plain<Parts["load"]>;
  readonly #node: Node;
  readonly #fram = new Fram();
  #settings: Settings;
  #time_s = 0;
  #light = 0;
  #mode: keyof typeof Mode = "sleep";
  #done: number[];
  #wanted: number[];
  #active_ms = 0;
  #measured = false;
  #last_s = 0;

  constructor(
    readonly core: Core,
    readonly parts: Parts,
    readonly trace: LightTrace,
    readonly hours: number,
  ) {
    const { scenario } = parts;
    this.#profile = resolveProfile(parts);
    this.#board = plain(parts.board);
    this.#load = plain(parts.load);
    this.#node = new Node(
      plain(parts.cell).physics,
      this.#board.physics,
      scenario.specimen,
      scenario.start_soc,
      new Random(scenario.seed),
    );
    this.#done = this.#load.events.map(() => 0);
    this.#wanted = this.#load.events.map(() => 0);
    this.#settings = this.#unattended();
    this.day = this.#blank();
  }

  #blank(): Day {
    return {
      ...{ parts: this.parts, light: this.trace.name, hours: this.hours, wakes: [] },
      books: this.#node.books,
      events: this.#load.events.map(({ name }) => ({ name, done: 0, refused: 0 })),
      modes: { sleep: 0, active: 0, burst: 0, survival: 0 },
      off_s: 0,
      ...{ faults: 0, vetoes: 0, unenforced: 0 },
      start_soc: this.#node.cell.soc,
      end_soc: this.#node.cell.soc,
      ...{ steps: 0, core_ms: 0, records: 0, restarts: 0 },
    };
  }

  run(): Day {
    const loaded = this.core.loadProfile(compileProfile(this.#profile));
    if (loaded !== Status.ok) throw new PartError(this.core.statusText(loaded));
    this.#boot();
    const end_s = this.hours * 3600;
    this.#pass(1, this.#profile.sleep_drain_nA);
    while (this.#time_s < end_s) {
      const decision = this.#wake();
      const busy_s = this.#act(decision);
      this.#sleep(Math.min(decision.sleep_ms / 1000, end_s - this.#time_s) - busy_s, decision);
      if (this.#node.voltage_mV(this.#profile.sleep_drain_nA) < this.#board.physics.off_mV) {
        this.#switchedOff(end_s);
      }
    }
    this.#elapsed();
    this.day.end_soc = this.#node.cell.soc;
    this.day.records = this.#fram.programs;
    return this.day;
  }

  #must(status: number): void {
    if ((status & 255) >= 16) throw new Error(this.core.statusText(status));
  }

  #boot(): void {
    const time_ms = Math.round(this.#time_s * 1000);
    this.#must(this.core.boot(Reason.cold, undefined, time_ms));
    this.core.serveStorage(this.#fram);
  }

  /** What the charger does when no firmware tells it. */
  #unattended(): Settings {
    const { charge_max_nA, float_strap_mV } = this.#profile;
    return { charge: true, limit_nA: charge_max_nA, float_mV: float_strap_mV };
  }

  /** Lets time pass, piece by piece as the light changes. */
  #pass(dt_s: number, drain_nA: number, settings = this.#settings): void {
    const { trace } = this;
    const { mean_degC, swing_K, warmest_h } = this.parts.scenario.temperature;
    const end_s = this.#time_s + dt_s;
    while (this.#time_s < end_s) {
      while ((trace.t_s[this.#light + 1] ?? Infinity) <= this.#time_s) this.#light++;
      const until_s = Math.min(end_s, trace.t_s[this.#light + 1] ?? Infinity);
      const hour = this.#time_s / 3600 - warmest_h;
      this.#node.cell.temperature_degC =
        mean_degC + swing_K * Math.cos((2 * Math.PI * hour) / DAY_H);
      const lux = trace.lux[this.#light] ?? 0;
      this.#node.advance(until_s - this.#time_s, lux, settings, drain_nA);
      this.#time_s = until_s;
    }
  }

  /** Time since it was asked last, booked to the present mode. */
  #elapsed(): number {
    const elapsed_s = this.#time_s - this.#last_s;
    this.#last_s = this.#time_s;
    this.day.modes[this.#mode] += elapsed_s;
    return elapsed_s;
  }

  /** Measures, walks the core once and stores what it asks for. */
  #wake(): Snapshot<"decision"> {
    const { core, day } = this;
    const node = this.#node;
    const { sleep_drain_nA } = this.#profile;
    const lux = this.trace.lux[this.#light] ?? 0;
    const pulse_nA = this.#board.reservoir?.recharge_nA ?? this.#profile.active_drain_nA;
    const { mean_nA, now_nA } = node.readMeter();
    const elapsed_s = this.#elapsed();
    this.#wanted = this.#wanted.map(
      (wanted, kind) => wanted + (this.#load.events[kind]!.wanted_per_h * elapsed_s) / 3600,
    );
    const flags =
      (node.charging_nA > 0 ? Pmic.charging : 0) |
      (node.limiting ? Pmic.limiting : 0) |
      (this.#measured ? Pmic.paused : 0);
    const measured = {
      time_ms: Math.round(this.#time_s * 1000),
      pmic_flags: flags,
      active_ms: this.#active_ms,
      voltage_mV: node.readVoltage_mV(sleep_drain_nA),
      voltage_loaded_mV: node.readVoltage_mV(sleep_drain_nA + pulse_nA),
      pulse_drain_nA: pulse_nA,
      temperature_degC: node.readTemperature_degC(),
      harvest_mean_nA: mean_nA,
      harvest_now_nA: now_nA,
      source_mV: [node.sourceOpen_mV(lux)],
      events: this.#done,
    };
    const start_ms = performance.now();
    const status = core.step(measured);
    day.core_ms += performance.now() - start_ms;
    day.steps++;
    this.#must(status);
    core.serveStorage(this.#fram);
    const decision = core.decision();
    this.#note(decision, lux, measured.voltage_mV);
    return decision;
  }

  #note(decision: Snapshot<"decision">, lux: number, voltage_mV: number): void {
    const { day, core } = this;
    day.faults |= decision.faults;
    day.vetoes |= decision.veto;
    day.unenforced |= decision.unenforced;
    const names = Object.keys(Mode) as (keyof typeof Mode)[];
    this.#mode = names.find((name) => Mode[name] === decision.mode) ?? "sleep";
    day.wakes.push({
      t_s: this.#time_s,
      lux,
      soc: this.#node.cell.soc,
      estimate: core.areas.gauge.get("soc"),
      sigma: core.areas.gauge.get("soc_sigma"),
      voltage_mV,
    });
  }

  /** Does the wake's work and the events that are wanted and allowed; returns how long it took. */
  #act(decision: Snapshot<"decision">): number {
    const { active_drain_nA, sleep_drain_nA, wake_ms } = this.#profile;
    const { load_ratio } = this.parts.scenario.specimen;
    this.#done = this.#wanted.map((wanted, kind) => {
      const now = Math.min(Math.floor(wanted), decision.events[kind] ?? 0);
      const event = this.day.events[kind]!;
      event.done += now;
      event.refused += Math.floor(wanted) - now;
      return now;
    });
    this.#wanted = this.#wanted.map((wanted) => wanted % 1);
    this.#active_ms = wake_ms;
    const events_pC = this.#done.reduce((sum, n, i) => sum + n * this.#load.events[i]!.drain_pC, 0);
    const work_pC = (active_drain_nA * wake_ms + events_pC) * load_ratio;
    const recharge_nA = this.#board.reservoir?.recharge_nA ?? active_drain_nA;
    const busy_s = work_pC / recharge_nA / 1000;
    this.#pass(busy_s, sleep_drain_nA * load_ratio + recharge_nA);
    return busy_s;
  }

  /** Sleeps with the decided settings; the last part with charging paused if that was asked for. */
  #sleep(sleep_s: number, decision: Snapshot<"decision">): void {
    const { actuators } = this.#board.profile;
    const usual = this.#unattended();
    this.#settings = {
      charge: !actuators.includes("charge_enable") || decision.charge_enable === 1,
      limit_nA: actuators.includes("charge_limit") ? decision.charge_limit_nA : usual.limit_nA,
      float_mV: actuators.includes("float") ? decision.float_mV : usual.float_mV,
    };
    const left_s = Math.max(sleep_s, 0.001);
    this.#measured = decision.measure === 1 && actuators.includes("pause");
    const pause_s = this.#measured ? Math.min(decision.measure_wait_ms / 1000, left_s) : 0;
    const drain_nA = this.#profile.sleep_drain_nA * this.parts.scenario.specimen.load_ratio;
    this.#pass(left_s - pause_s, drain_nA);
    this.#pass(pause_s, drain_nA, { ...this.#settings, charge: false });
  }

  /** Below its cut-off the board is off until the charger has brought the cell back. */
  #switchedOff(end_s: number): void {
    const { off_drain_nA, on_mV } = this.#board.physics;
    this.#settings = this.#unattended();
    this.#elapsed();
    this.#done = this.#done.map(() => 0);
    this.#active_ms = 0;
    while (this.#time_s < end_s && this.#node.voltage_mV(off_drain_nA) < on_mV) {
      this.#pass(OFF_STEP_S, off_drain_nA);
    }
    this.day.off_s += this.#time_s - this.#last_s;
    this.#last_s = this.#time_s;
    if (this.#time_s >= end_s) return;
    this.day.restarts++;
    this.#boot();
    this.#node.readMeter();
    this.#pass(1, this.#profile.sleep_drain_nA);
  }
}

/** Runs `hours` of a scenario's node under a light trace. Throws PartError. */
export function runDay(core: Core, parts: Parts, trace: LightTrace, hours: number): Day {
  const { series, parallel } = parts.scenario.pack;
  if (series * parallel !== 1) {
    throw new PartError(`pack = ${series} x ${parallel} must be 1 x 1: the plant is of one cell`);
  }
  return new Session(core, parts, trace, hours).run();
}
