// The plant around the cell, and how its time passes: surroundings -> sources -> charger -> rail
// with the cell -> limiter -> buffer capacitor -> load. Knows nothing of the core.
//
// Time advances to whatever comes first: the end of what was asked for, a change of light that
// matters, a packet's beginning or end, a full buffer, the next day's ageing, or as far as pace.ts
// allows; in between currents are steady. Pulses come from the buffer: the cell sees its limiter.

import { Ageing, type AgeingPhysics } from "./ageing.js";
import { Buffer } from "./buffer.js";
import { Cell, type CellPhysics } from "./cell.js";
import { type Charger } from "./charger.js";
import { Day } from "./day.js";
import { type Environment } from "./environment/environment.js";
import { Harvest } from "./harvest.js";
import { Ledger, type Pulsed } from "./ledger.js";
import { Pace, USUAL, type Fineness } from "./pace.js";
import { type Settings, type SupplyPhysics, type SupplySpecimen } from "./supply.js";

const HOUR_S = 3600;
const DAY_S = 86400;
/** pW per uW: over mV they are nA. */
const PW = 1e6;
/** A change of temperature that is worth following. */
const WARMER_K = 0.02;
/** Less than what was offered by this share: the float voltage limits. */
const REFUSED = 1e-6;

export class Node {
  time_s = 0;
  readonly cell: Cell;
  readonly ageing: Ageing;
  readonly buffer: Buffer;
  readonly ledger: Ledger;
  readonly harvest: Harvest;
  /** The charger holds its float voltage. */
  limiting = false;
  /** The supervisor has the load on; when it changes its mind, `pass` ends. */
  on = true;
  /** Somebody keeps the load off, whatever the supervisor says. */
  #cut = false;
  /** Current that the charger delivers now. */
  charging_nA = 0;
  /** Steps of the cell that were taken. */
  stretches = 0;
  readonly #pace: Pace;
  #metered_nC = 0;
  #metered_s = 0;
  #day_end_s = DAY_S;
  #day = new Day();
  /** Small-signal resistance of the cell, of a while ago. */
  #resistance_mV_nA = 1;
  /** What the charger itself draws. */
  #quiescent_nA = 0;

  constructor(
    cell: CellPhysics,
    ageing: AgeingPhysics,
    readonly supply: SupplyPhysics,
    readonly specimen: SupplySpecimen,
    readonly charger: Charger,
    environment: Environment,
    soc: number,
    fineness: Fineness = USUAL,
  ) {
    this.cell = new Cell(cell, soc, fineness.grid, environment.temperature_degC[0]);
    this.ageing = new Ageing(ageing);
    this.harvest = new Harvest(charger, environment);
    this.#pace = new Pace(fineness);
    this.harvest.follow(0, this.cell.end_mV);
    this.#resistance_mV_nA = this.cell.resistance_mV_nA;
    this.buffer = new Buffer(supply.buffer_uF, this.cell.voltage_mV(0));
    const stores = charger.stages.flatMap(({ packets }) => packets ?? []);
    this.ledger = new Ledger(this.cell, this.buffer, stores);
  }

  /** Terminal voltage with what flows now and `more_nA` of load. */
  voltage_mV(more_nA = 0): number {
    return this.cell.voltage_mV(this.current_nA - more_nA);
  }

  /** What flows through the cell's terminals now, the buffer's refill included. */
  get current_nA(): number {
    const refill_nA = this.buffer.refilling ? this.supply.recharge_nA : 0;
    return this.charging_nA - this.#steady_nA - refill_nA;
  }

  /** Mean of what the charger delivered since the last reading. */
  readMeter_nA(): number {
    const mean_nA = this.#metered_s > 0 ? this.#metered_nC / this.#metered_s : this.charging_nA;
    this.#metered_nC = 0;
    this.#metered_s = 0;
    return mean_nA;
  }

  /**
   * Takes `count` pulses of a charge each from the buffer, with time to refill where it needs it.
   * Returns how many it gave before its voltage fell below the processor's reset.
   */
  pulse(charge_nC: number, count: number, by: Pulsed, settings: Settings): number {
    const { buffer, ledger } = this;
    const { reset_mV } = this.supply;
    if (!(charge_nC > 0)) return count;
    let done = 0;
    while (done < count) {
      const now = Math.min(count - done, buffer.fits(charge_nC, reset_mV));
      const before_nC = buffer.charge_nC;
      const given_pJ = buffer.give_pJ(now * charge_nC);
      ledger.pulse(by, given_pJ, before_nC - buffer.charge_nC);
      if (buffer.voltage_mV < reset_mV) return done;
      done += now;
      if (done < count) this.refill(settings);
      if (!this.on) return done;
    }
    return count;
  }

  /** Waits until the buffer is full again, or the supervisor has switched the load off. */
  refill(settings: Settings): void {
    while (this.buffer.refilling && this.on) this.#advance(this.time_s + HOUR_S, settings);
  }

  /** Power of the load is cut, or comes back as soon as the supervisor agrees. */
  cut(cut: boolean): void {
    this.#cut = cut;
    this.#supervise();
  }

  /** Lets time pass until `until_s`, or until the supervisor switches the load. */
  pass(until_s: number, settings: Settings): void {
    const { on } = this;
    while (this.time_s < until_s && this.on === on) this.#advance(until_s, settings);
  }

  /** One stretch of steady currents, not beyond `until_s`. */
  #advance(until_s: number, settings: Settings): void {
    if (this.time_s >= this.#day_end_s) this.#age();
    const { cell, charger, supply } = this;
    if (charger.set(settings)) this.harvest.look(cell.end_mV);
    this.#follow();
    this.#quiescent_nA = charger.quiescent_nA(settings.charge);
    const away_mV = cell.end_mV - (this.on ? supply.off_mV : supply.on_mV);
    const paced_s = this.time_s + this.#pace.towards_s(away_mV, cell.end_nA);
    const end_s = Math.min(until_s, this.#day_end_s, paced_s);
    if (!charger.connected) {
      this.#rest(Math.min(end_s, this.harvest.around.constant_until_s));
    } else if (this.buffer.refilling) {
      this.#refill(end_s, settings);
    } else {
      this.#flow(end_s, settings, 0);
    }
    charger.look(cell.end_mV);
    this.#supervise();
  }

  /** The limiter's current into the buffer, until that is as high as the rail under it. */
  #refill(end_s: number, settings: Settings): void {
    const { buffer } = this;
    const { recharge_nA } = this.supply;
    // what the charger gave may be more than it will give now
    const allowed_nA = settings.charge ? Math.min(this.charging_nA, this.charger.limit_nA) : 0;
    const net_nA = allowed_nA - this.#steady_nA - recharge_nA;
    const full_s = this.time_s + buffer.refill_s(recharge_nA, this.cell.voltage_mV(net_nA));
    buffer.refilling = full_s > end_s;
    if (full_s > this.time_s) this.#flow(Math.min(full_s, end_s), settings, recharge_nA);
  }

  /** The cell rests off the rail until the charger has started. */
  #rest(end_s: number): void {
    const { ledger, charger } = this;
    const dt_s = end_s - this.time_s;
    ledger.available_pJ += charger.now.available_uW * PW * dt_s;
    ledger.start(charger.start_pJ(dt_s));
    ledger.fill();
    this.cell.drive(0, dt_s);
    this.charging_nA = 0;
    this.time_s = end_s;
  }

  /** Charger, loads and limiter at work together. */
  #flow(latest_s: number, settings: Settings, refill_nA: number): void {
    const { cell, charger, harvest } = this;
    const pace = this.#pace;
    const drain_nA = this.#steady_nA + refill_nA;
    const float_mV = charger.held_mV(settings.float_mV) * this.specimen.float_ratio;
    const lit = settings.charge && charger.delivered_uW > 0;
    const guess_nA = lit ? (charger.delivered_uW * PW) / cell.end_mV - drain_nA : -drain_nA;
    const begin_mV = cell.end_mV + (guess_nA - cell.end_nA) * this.#resistance_mV_nA;
    const wait_s = this.#wait_s(lit, guess_nA, begin_mV, float_mV, refill_nA === 0);
    const end_s = this.#gather(Math.min(latest_s, this.time_s + wait_s));
    const dt_s = end_s - this.time_s;
    const power_pW = harvest.delivered_uW * PW;
    const charging = settings.charge && power_pW > 0;
    const offered_nA = charging ? pace.offered_nA(power_pW, guess_nA, begin_mV, dt_s) : 0;
    const allowed_nA = offered_nA < charger.limit_nA ? offered_nA : charger.limit_nA;
    this.stretches++;
    const taken_nA = cell.take_nA(allowed_nA, drain_nA, dt_s, float_mV);
    const limited = this.limiting;
    this.limiting = allowed_nA - taken_nA > REFUSED * allowed_nA;
    const missed_pJ = (power_pW - taken_nA * cell.mean_mV) * dt_s;
    pace.learn(dt_s, (taken_nA - drain_nA) * dt_s, cell.end_mV - cell.start_mV, missed_pJ);
    if (!charging || this.limiting || allowed_nA < offered_nA) pace.forgive();
    if (refill_nA === 0) pace.climb(dt_s, cell.end_nA, this.limiting === limited);
    this.charging_nA = cell.end_nA + drain_nA;
    this.#book(offered_nA, taken_nA, refill_nA, dt_s);
    this.time_s = end_s;
  }

  /** How long the stretch may be for the cell's sake. */
  #wait_s(
    lit: boolean,
    current_nA: number,
    begin_mV: number,
    float_mV: number,
    steady: boolean,
  ): number {
    const pace = this.#pace;
    if (this.limiting) return pace.held_s;
    const free_s = lit ? pace.free_s(current_nA, begin_mV, float_mV) : Infinity;
    const after_s = steady ? pace.after_s(current_nA, this.#resistance_mV_nA) : pace.held_s;
    return Math.min(free_s, after_s);
  }

  /**
   * The source's power up to the end of the stretch, which is returned: less than `end_s` where the
   * light changes so that the cell would show it. A full cell does not feel light that is more than
   * enough.
   */
  #gather(end_s: number): number {
    const { cell } = this;
    const { alike_mV, enough } = this.#pace.fineness;
    const alike_uW = (alike_mV * cell.end_mV) / (PW * this.#resistance_mV_nA);
    const needed_uW = (this.charging_nA * cell.end_mV) / PW;
    const enough_uW = this.limiting ? enough * needed_uW : Infinity;
    return this.harvest.gather(this.time_s, end_s, alike_uW, enough_uW, cell.end_mV);
  }

  /** What the node itself draws asleep, or switched off. */
  get #own_nA(): number {
    const { sleep_nA, off_nA } = this.supply;
    return (this.on ? sleep_nA : off_nA) * this.specimen.load_ratio;
  }

  /** What node, leak and charger draw from the rail all the time. */
  get #steady_nA(): number {
    return this.#own_nA + this.specimen.leak_nA + this.#quiescent_nA;
  }

  #book(offered_nA: number, taken_nA: number, refill_nA: number, dt_s: number): void {
    const { ledger, harvest, specimen, cell } = this;
    const rail_mV = cell.mean_mV;
    this.#metered_nC += taken_nA * dt_s;
    this.#metered_s += dt_s;
    ledger.available_pJ += harvest.available_uW * PW * dt_s;
    ledger.charge(offered_nA * dt_s, taken_nA * dt_s, rail_mV, harvest);
    this.charger.settle((taken_nA * rail_mV) / PW, harvest.delivered_uW, dt_s);
    ledger.fill();
    ledger.quiescent(this.#quiescent_nA * dt_s, rail_mV);
    ledger.leak(specimen.leak_nA * dt_s, rail_mV);
    ledger.steady(this.on, this.#own_nA * dt_s, rail_mV);
    if (refill_nA > 0) {
      const refill_nC = refill_nA * dt_s;
      ledger.refill(refill_nC, this.buffer.refill_pJ(refill_nC, rail_mV));
    }
    const through_nA = taken_nA - this.#steady_nA - refill_nA;
    this.#day.add(through_nA, cell.temperature_degC, cell.end_mV, dt_s);
  }

  /**
   * Below its first threshold the supervisor takes the load off, above its second it comes back;
   * it is part of the charger, and off with it.
   */
  #supervise(): void {
    const { off_mV, on_mV } = this.supply;
    const high = this.on ? this.cell.end_mV >= off_mV : this.cell.end_mV > on_mV;
    if ((high && this.charger.connected && !this.#cut) === this.on) return;
    this.on = !this.on;
    this.buffer.refilling = this.on;
  }

  /** Surroundings, and what the sources give there. */
  #follow(): void {
    const { harvest, cell } = this;
    if (!harvest.follow(this.time_s, cell.end_mV)) return;
    const { temperature_degC } = harvest.around;
    const apart_K = Math.abs(temperature_degC - cell.temperature_degC);
    if (apart_K > WARMER_K) cell.temperature_degC = temperature_degC;
    this.#resistance_mV_nA = cell.resistance_mV_nA;
  }

  #age(): void {
    const { cell, ageing } = this;
    const day = this.#day;
    const cycles = day.cycles(cell.capacity_nAh * HOUR_S);
    ageing.pass(DAY_S, cycles, day.mean_degC(cell.temperature_degC), day.highest_mV);
    cell.age(ageing.alive, ageing.growth);
    this.#resistance_mV_nA = cell.resistance_mV_nA;
    this.#day_end_s += DAY_S;
    this.#day = new Day();
  }
}
