// Harvest as a Markov chain: how the level of a slot follows from the hour, the level before it and
// how rich the last day was. Fitted to lives of which the policy that uses it lives none.

/** Slots of a week of harvest, and the local clock at the first. */
export interface HarvestRecord {
  harvest_J: readonly number[];
  start_h: number;
}

/** Where one may go from a state of the chain, with what probability. */
export interface Successor {
  state: number;
  probability: number;
}

/** Lower ends of the levels, in floors of a slot; below the first is the darkest. */
const LEVELS = [0.1, 0.35, 0.8, 1.5, 3, 6, 12, 25, 60];
/** Lower ends of how rich the last day was: its mean, in floors. */
const RICHNESS = [1.3, 2, 3, 4.5, 6.5, 9.5];
const DAY_S = 86400;
const HOURS = 24;
/** Weight of what all hours together say, in observations: for states that an hour never saw. */
const PRIOR = 3;

const classOf = (ends: readonly number[], value: number): number => {
  const next = ends.findIndex((end) => value < end);
  return next === -1 ? ends.length : next;
};

export class HarvestChain {
  static readonly levels = LEVELS.length + 1;
  static readonly states = (LEVELS.length + 1) * (RICHNESS.length + 1);
  /** Mean of each level, in floors. */
  readonly mean: readonly number[];
  readonly #floor_J: number;
  readonly #slots_per_day: number;
  /** Of hour and state. */
  readonly #successors: Successor[][];

  constructor(records: readonly HarvestRecord[], floor_J: number, slot_s: number) {
    this.#floor_J = floor_J;
    this.#slots_per_day = Math.round(DAY_S / slot_s);
    const { states, levels } = HarvestChain;
    const hourly = Array.from({ length: HOURS * states }, () => new Map<number, number>());
    const daily = Array.from({ length: states }, () => new Map<number, number>());
    const [sum, seen] = [Array<number>(levels).fill(0), Array<number>(levels).fill(0)];
    const add = (to: Map<number, number>, state: number) => to.set(state, (to.get(state) ?? 0) + 1);
    for (const { harvest_J, start_h } of records) {
      let before: number | undefined;
      let richness = NaN;
      harvest_J.forEach((energy_J, slot) => {
        const level = this.levelOf(energy_J);
        sum[level]! += energy_J / floor_J;
        seen[level]! += 1;
        richness = this.follow(richness, energy_J, slot);
        const state = this.stateOf(level, richness);
        if (before !== undefined) {
          add(hourly[this.hourOf(slot, start_h) * states + before]!, state);
          add(daily[before]!, state);
        }
        before = state;
      });
    }
    this.mean = sum.map((total, level) => total / Math.max(1, seen[level]!));
    this.#successors = hourly.map((counts, i) => {
      return successorsOf(counts, daily[i % states]!, i % states);
    });
  }

  levelOf(energy_J: number): number {
    return classOf(LEVELS, energy_J / this.#floor_J);
  }

  /** Mean of the day behind, in floors: plain over the first day, then exponential. */
  follow(richness: number, energy_J: number, slot: number): number {
    const floors = energy_J / this.#floor_J;
    if (slot === 0) return floors;
    return richness + (floors - richness) / Math.min(slot + 1, this.#slots_per_day);
  }

  stateOf(level: number, richness: number): number {
    return classOf(RICHNESS, richness) * HarvestChain.levels + level;
  }

  static levelIn(state: number): number {
    return state % HarvestChain.levels;
  }

  hourOf(slot: number, start_h: number): number {
    return Math.floor(start_h + (slot * HOURS) / this.#slots_per_day) % HOURS;
  }

  /** What may follow in a slot of this hour on a slot of this state. */
  after(hour: number, state: number): readonly Successor[] {
    return this.#successors[hour * HarvestChain.states + state]!;
  }
}

/** Counts of an hour and of all hours as probabilities; what was never seen stays as it is. */
function successorsOf(
  counts: ReadonlyMap<number, number>,
  all: ReadonlyMap<number, number>,
  state: number,
): Successor[] {
  const total = [...all.values()].reduce((sum, count) => sum + count, 0);
  if (total === 0) return [{ state, probability: 1 }];
  const own = [...counts.values()].reduce((sum, count) => sum + count, 0);
  return [...all].map(([next, count]) => ({
    state: next,
    probability: ((counts.get(next) ?? 0) + (PRIOR * count) / total) / (own + PRIOR),
  }));
}
