// What others do, in slots: simple rules of the literature and of firmware, as an engineer would
// write them down. None was tuned; each wins somewhere. A policy with a memory is made anew for
// each life.

import { type SlotPolicy, type SlotView } from "../slot_life.js";

const DAY_S = 86400;

/** The same number of events in every slot. */
export const fixedRate =
  (events: number): SlotPolicy =>
  () =>
    events;

/** A share of the charge above 30 % of the cell. */
export function socProportional(share: number): SlotPolicy {
  const RESERVE = 0.3;
  return ({ world, stored_J }) => {
    const above_J = stored_J - RESERVE * world.cell.capacity_J;
    return above_J > 0 ? (share * above_J) / world.event_J : 0;
  };
}

/** All or nothing, by half of the cell. */
export const onOff: SlotPolicy = ({ world, stored_J }) =>
  stored_J > 0.5 * world.cell.capacity_J ? world.events_max : 0;

/** A mean day of so many slots: each slot an exponential average over the days. */
class DayProfile {
  static readonly ALPHA = 0.5;
  readonly #mean_J: number[];
  #seen = 0;

  constructor(slots: number) {
    this.#mean_J = Array<number>(slots).fill(0);
  }

  /** Takes in what was harvested since it was last asked. */
  follow(past_J: readonly number[]): void {
    const mean_J = this.#mean_J;
    for (; this.#seen < past_J.length; this.#seen++) {
      const at = this.#seen % mean_J.length;
      const first = this.#seen < mean_J.length;
      const share = first ? 1 : DayProfile.ALPHA;
      mean_J[at]! += share * (past_J[this.#seen]! - mean_J[at]!);
    }
  }

  /** Of the slot that is `ahead` slots behind the last one seen. */
  expected_J(ahead: number): number {
    return this.#mean_J[(this.#seen + ahead) % this.#mean_J.length]!;
  }

  get length(): number {
    return this.#mean_J.length;
  }
}

/** Stored energy after a day at a rate, at its lowest. */
function lowest_J(view: SlotView, profile: DayProfile, events: number, trust: number): number {
  const { cell, floor_J, event_J } = view.world;
  let stored_J = view.stored_J;
  let lowest = stored_J;
  for (let ahead = 0; ahead < profile.length; ahead++) {
    const net_J = trust * profile.expected_J(ahead) - floor_J - events * event_J;
    stored_J += net_J > 0 ? net_J * cell.efficiency_in : net_J / cell.efficiency_out;
    stored_J = Math.min(stored_J, cell.capacity_J);
    lowest = Math.min(lowest, stored_J);
  }
  return lowest;
}

/** The largest constant rate that keeps `reserve` of the cell over the next day of the profile. */
function planned(view: SlotView, profile: DayProfile, reserve: number, trust: number): number {
  const { events_max, cell } = view.world;
  let [low, high] = [0, events_max + 1];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (lowest_J(view, profile, middle, trust) >= reserve * cell.capacity_J) low = middle;
    else high = middle;
  }
  return low;
}

const slotsOfDay = ({ world }: SlotView) => Math.round(DAY_S / world.slot_s);

/** A plan for a day on an exponential average of days (Kansal et al., ACM TECS 6 (2007) 32). */
export function ewmaPlan(): SlotPolicy {
  let profile: DayProfile | undefined;
  return (view) => {
    profile ??= new DayProfile(slotsOfDay(view));
    profile.follow(view.past_J);
    return planned(view, profile, 0.05, 1);
  };
}

/** The same, but it trusts 70 % of it, keeps 10 % and burns what would spill. */
export function carefulPlan(): SlotPolicy {
  let profile: DayProfile | undefined;
  return (view) => {
    profile ??= new DayProfile(slotsOfDay(view));
    profile.follow(view.past_J);
    if (view.stored_J > 0.97 * view.world.cell.capacity_J) return view.world.events_max;
    return planned(view, profile, 0.1, 0.7);
  };
}

/**
 * ENO-Max: adaptive linear-quadratic tracking of a level of charge, without a model of the source
 * (Vigorito, Ganesan, Barto, SECON 2007). The next level is thought to be a b + c u + d of level b
 * and duty u; the coefficients are followed by gradient descent, and the duty that would meet the
 * target is smoothed.
 */
export function enoMax(target = 0.6): SlotPolicy {
  const RATE = 0.01;
  const SMOOTH = 0.25;
  let before: { level: number; duty: number } | undefined;
  const theta = [1, -0.1, 0];
  let smoothed = 0;
  return ({ world, stored_J }) => {
    const level = stored_J / world.cell.capacity_J;
    if (before !== undefined) {
      const seen = [before.level, before.duty, 1];
      const off = level - seen.reduce((sum, x, i) => sum + x * theta[i]!, 0);
      seen.forEach((x, i) => (theta[i]! += RATE * off * x));
      theta[1] = Math.min(theta[1]!, -1e-3);
    }
    const [a, c, d] = theta as [number, number, number];
    const wanted = Math.min(1, Math.max(0, (target - a * level - d) / c));
    smoothed += SMOOTH * (wanted - smoothed);
    before = { level, duty: smoothed };
    return Math.round(smoothed * world.events_max);
  };
}
