// What a policy that sees no more than a node could have done with much computing: stochastic
// dynamic programming on what is stored, the hour, and the state of a chain of harvests fitted to
// other lives. It knows the clock from the start and how such lives go. It is a reference, not a
// bound: where its chain is wrong, others may do better.

import { HarvestChain } from "../harvest_chain.js";
import { passSlot, type SlotPolicy, type SlotView } from "../slot_life.js";
import { type SlotWorld, utilityOf } from "../slot_world.js";

type World = Omit<SlotWorld, "harvest_J">;

/** Events that are tried. */
const CHOICES = [0, 1, 2, 3, 4, 6, 8, 10, 13, 16, 20, 25, 30, 36, 42, 50, 60];
/** Stored energies of the tables: denser where it is scarce. */
const GRID = 41;
const DENSER = 1.5;
/** Days that are looked ahead; then nothing is worth anything, which no longer tells. */
const DAYS = 8;
const DAY_S = 86400;
const { states: STATES, levels: LEVELS } = HarvestChain;

const storedAt = (point: number, capacity_J: number) => capacity_J * (point / (GRID - 1)) ** DENSER;

/** Point of the grid below, and the share of the next. */
function pointOf(stored_J: number, capacity_J: number): [point: number, share: number] {
  const at = (GRID - 1) * Math.max(0, stored_J / capacity_J) ** (1 / DENSER);
  const point = Math.min(Math.floor(at), GRID - 2);
  const low_J = storedAt(point, capacity_J);
  return [point, (stored_J - low_J) / (storedAt(point + 1, capacity_J) - low_J)];
}

/** Reward and place of every choice from every grid point under every level. */
class Moves {
  readonly choices: number[];
  readonly reward: Float64Array;
  readonly point: Int32Array;
  readonly share: Float64Array;

  constructor(world: World, chain: HarvestChain) {
    this.choices = CHOICES.filter((events) => events <= world.events_max);
    const count = GRID * this.choices.length * LEVELS;
    this.reward = new Float64Array(count);
    this.point = new Int32Array(count);
    this.share = new Float64Array(count);
    let at = 0;
    for (let point = 0; point < GRID; point++) {
      const stored_J = storedAt(point, world.cell.capacity_J);
      for (const wanted of this.choices) {
        for (const mean of chain.mean) {
          const outcome = passSlot(world, stored_J, mean * world.floor_J, wanted);
          this.reward[at] = utilityOf(outcome.events) - (outcome.missed ? world.miss_weight : 0);
          [this.point[at], this.share[at]] = pointOf(outcome.stored_J, world.cell.capacity_J);
          at++;
        }
      }
    }
  }
}

/** The value of a slot's beginning, from the values of its end: the best choice's expectation. */
function stepBack(moves: Moves, chain: HarvestChain, hour: number, end: Float64Array) {
  const { choices, reward, point, share } = moves;
  const begin = new Float64Array(STATES * GRID);
  for (let state = 0; state < STATES; state++) {
    const successors = chain.after(hour, state);
    for (let at = 0; at < GRID; at++) {
      let best = -Infinity;
      for (let choice = 0; choice < choices.length; choice++) {
        const row = (at * choices.length + choice) * LEVELS;
        let expected = 0;
        for (const { state: next, probability } of successors) {
          const move = row + (next % LEVELS);
          const low = next * GRID + point[move]!;
          const after = end[low]! + share[move]! * (end[low + 1]! - end[low]!);
          expected += probability * (reward[move]! + after);
        }
        if (expected > best) best = expected;
      }
      begin[state * GRID + at] = best;
    }
  }
  return begin;
}

/** Values at the end of each slot of a day, by clock. */
function valuesOf(world: World, chain: HarvestChain): Float64Array[] {
  const moves = new Moves(world, chain);
  const slots = Math.round(DAY_S / world.slot_s);
  const values: Float64Array[] = Array.from({ length: slots });
  let value: Float64Array = new Float64Array(STATES * GRID);
  for (let back = DAYS * slots - 1; back >= 0; back--) {
    const slot = back % slots;
    values[slot] = value;
    value = stepBack(moves, chain, chain.hourOf(slot, 0), value);
    // only differences tell: a common part would drown them
    const common = value[0]!;
    for (let i = 0; i < value.length; i++) value[i]! -= common;
  }
  return values;
}

function choose(
  view: SlotView,
  chain: HarvestChain,
  hour: number,
  state: number,
  end: Float64Array,
) {
  const { world, stored_J } = view;
  const successors = chain.after(hour, state);
  let [best, most] = [0, -Infinity];
  for (const wanted of CHOICES) {
    if (wanted > world.events_max) break;
    let expected = 0;
    for (const { state: next, probability } of successors) {
      const harvest_J = chain.mean[HarvestChain.levelIn(next)]! * world.floor_J;
      const outcome = passSlot(world, stored_J, harvest_J, wanted);
      const [point, share] = pointOf(outcome.stored_J, world.cell.capacity_J);
      const low = next * GRID + point;
      const after = end[low]! + share * (end[low + 1]! - end[low]!);
      const now = utilityOf(outcome.events) - (outcome.missed ? world.miss_weight : 0);
      expected += probability * (now + after);
    }
    if (expected > most + 1e-9) [best, most] = [wanted, expected];
  }
  return best;
}

/** Solves a world once for all lives in it. */
export class CausalReference {
  readonly #solved = new Map<string, Float64Array[]>();

  constructor(readonly chain: HarvestChain) {}

  #valuesOf(world: World): Float64Array[] {
    const { slot_s, floor_J, event_J, events_max, miss_weight, cell } = world;
    const key = JSON.stringify([slot_s, floor_J, event_J, events_max, miss_weight, cell]);
    const values = this.#solved.get(key) ?? valuesOf(world, this.chain);
    this.#solved.set(key, values);
    return values;
  }

  /** For a life that begins at this local clock. */
  policy(start_h: number): SlotPolicy {
    const { chain } = this;
    let [seen, richness, state] = [0, NaN, 0];
    return (view) => {
      const values = this.#valuesOf(view.world);
      for (; seen < view.past_J.length; seen++) {
        richness = chain.follow(richness, view.past_J[seen]!, seen);
        state = chain.stateOf(chain.levelOf(view.past_J[seen]!), richness);
      }
      const slot = Math.round((start_h * 3600) / view.world.slot_s) + view.slot;
      const end = values[slot % values.length]!;
      return choose(view, chain, chain.hourOf(view.slot, start_h), state, end);
    };
  }
}
