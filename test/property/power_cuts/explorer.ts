// Cuts the power at every operation of the journal and at every byte of it, in scripted lives: at
// each, a new machine starts on what the medium holds then. From some of these starts the life goes
// on to the next record, whose operations are cut in the same way: a double cut.

import { AREAS, Reason } from "../../../host/core/abi.js";
import { ERASE, type Machine, PROGRAM } from "./machine.js";
import { Medium } from "./medium.js";
import { NodeLife, type Setup } from "./node_life.js";
import { type Kept, type Moment, Restart, type Tally, keptOf } from "./restart.js";
import { type StateHash, hashOf } from "./seen.js";

/** How thoroughly: of so many single cuts, one is followed by cuts of the next record. */
export interface Effort {
  records: number;
  doubleEvery: number;
}

const LEVELS = 2;
/** A write that fails, a reset within it, a power cut that the life itself goes on from. */
const CHANCES = { failure: 0.06, reset: 0.05, cut: 0.04 };
/** A reset between two wakes. */
const WARM_CHANCE = 0.02;
/** The books are exact but for the fraction of a pC that each path carries. */
const BOOKS_PC = 8;
const { vital } = AREAS;
const ZEROS = new Uint8Array(vital.size);

export class Explorer {
  readonly #life: NodeLife;
  readonly #restarts: Restart[];
  readonly #mediums: Medium[];
  #completed: Kept | undefined;
  #count = 0;
  /** One cold start a life: what each may miss would add up without a reading of the voltage. */
  #cold = false;

  constructor(
    readonly setup: Setup,
    readonly effort: Effort,
    readonly tally: Tally,
  ) {
    this.#life = new NodeLife(setup);
    const { kind, at, slots, profileCrc } = this.#life.medium;
    this.#restarts = Array.from({ length: LEVELS }, () => new Restart(setup));
    this.#mediums = this.#restarts.map(() => new Medium(kind, at, slots, profileCrc));
  }

  /** The life, from its first record on. */
  run(): void {
    const life = this.#life;
    life.begin(life.random.between(-0.7, 0.7));
    for (let records = 0; records < this.effort.records;) {
      if (life.machine.op !== 0) {
        records += 1;
        this.#write();
      }
      const before = life.machine.vital.slice();
      const known = keptOf(life.machine);
      life.next();
      this.#tear(before, known);
      if (life.machine.op === 0 && life.random.chance(WARM_CHANCE)) this.#reset();
      if (Math.abs(life.unbooked_pC + this.#pending_pC) > BOOKS_PC * (records + 100)) {
        this.#note(`books differ from what was done by ${life.unbooked_pC} pC`);
      }
    }
  }

  /** What the core has booked for an operation that the life has not begun yet. */
  get #pending_pC(): number {
    return this.#life.drawn_pC(this.#life.machine.op);
  }

  /** Writes the record that waits, cut everywhere; or something happens to it. */
  #write(): void {
    const life = this.#life;
    const { machine, medium, random } = life;
    const fate = random.between(0, 1);
    if (machine.op === PROGRAM && fate < CHANCES.failure + CHANCES.reset + CHANCES.cut) {
      life.true_pC -= life.drawn_pC(PROGRAM);
      medium.program(machine.address, machine.vital, random.below(machine.length), random.word());
      if (fate < CHANCES.failure) {
        machine.node.core.storage_done(1);
      } else if (fate < CHANCES.failure + CHANCES.reset || !this.#completed || this.#cold) {
        this.#reset();
      } else {
        this.#cold = true;
        machine.lose();
        machine.boot(medium);
        life.restarted();
      }
      return;
    }
    const moment = { completed: this.#completed, written: undefined, true_pC: life.true_pC };
    const after = this.#cutAll(0, machine, medium, moment);
    life.true_pC = after.true_pC;
    this.#completed = after.completed;
    for (let reads = 0; reads <= 2 * medium.slots; reads++) {
      const [restart] = this.#restarts;
      const wrong = restart!.twice(medium, machine.vital, reads, after, this.tally);
      this.tally.starts += 1;
      if (wrong !== undefined) this.#note(`${wrong}; start cut before read ${reads}`);
    }
  }

  /** The life's node starts from retained RAM. */
  #reset(): void {
    const { node } = this.#life.machine;
    node.core.boot(Reason.warm, 0, node.get("vital", "time_ms"));
  }

  /** Executes what waits, after it was cut in every place; returns how things stand then. */
  #cutAll(level: number, machine: Machine, medium: Medium, before: Moment): Moment {
    const { setup } = this;
    let { completed, true_pC } = before;
    while (machine.op !== 0) {
      const { op, address, length } = machine;
      const name = op === ERASE ? "erase" : "program";
      const objection = medium.objection(name, address, length);
      if (objection !== undefined) this.#note(objection);
      true_pC -= this.#life.drawn_pC(op);
      const written = op === PROGRAM ? keptOf(machine) : undefined;
      this.#cut(level, machine, medium, { completed, written, true_pC });
      if (op === PROGRAM) medium.program(address, machine.vital, length);
      else medium.erase(address, length / 4);
      machine.node.core.storage_done(0);
      completed = written ?? completed;
    }
    if (medium.newest()?.sequence !== completed?.sequence) {
      this.#note(`${setup.kind}: the completed record is not the newest on the medium`);
    }
    return { completed, written: undefined, true_pC };
  }

  /** One operation, cut before and after each of its bytes (of an erase: words). */
  #cut(level: number, machine: Machine, medium: Medium, moment: Moment): void {
    const { op, address, length } = machine;
    const torn = this.#mediums[level]!;
    const restart = this.#restarts[level]!;
    const data = machine.vital.slice();
    const state = this.#state(medium, data, op, address);
    const unit = op === PROGRAM ? 1 : 4;
    const { random } = this.#life;
    for (let done = 0; done <= length / unit; done++) {
      const odd = (this.#count & 1) === 1;
      torn.copyFrom(medium);
      if (op === PROGRAM) torn.program(address, data, done, odd ? random.word() : undefined);
      else if (odd) torn.eraseSome(address, done, () => random.word());
      else torn.erase(address, done);
      this.tally.seen.add(state, done * unit);
      this.tally.cuts += 1;
      this.#count += 1;
      const wrong = restart.cold(torn, odd ? data : ZEROS, moment, this.tally);
      if (wrong !== undefined) {
        this.#note(
          `${wrong}; ${op === ERASE ? "erase" : "program"} cut after ${done * unit} bytes`,
        );
      } else if (level + 1 < LEVELS && this.#count % this.effort.doubleEvery === 0) {
        this.#again(level, moment);
      }
    }
  }

  /** The life goes on after a cut: the first wake writes a record, whose operations are cut. */
  #again(level: number, { true_pC }: Moment): void {
    const { machine, found } = this.#restarts[level]!;
    const interval = this.#life.draw();
    NodeLife.wake(machine, interval);
    if (machine.op === 0) {
      this.#note("no record after a start from the journal");
      return;
    }
    const moved_pC = NodeLife.moved_pC(interval);
    const moment = { completed: found, written: undefined, true_pC: true_pC + moved_pC };
    this.#cutAll(level + 1, machine, this.#mediums[level]!, moment);
  }

  /** Retained RAM of which a reset left the first words new, the rest as they were. */
  #tear(before: Uint8Array, known: Kept): void {
    const { machine, medium, true_pC } = this.#life;
    const after = machine.vital.slice();
    const ram = before.slice();
    const sealed = [known, keptOf(machine)];
    const moment = { completed: this.#completed, written: undefined, true_pC };
    for (let words = 0; words <= vital.size / 4; words++) {
      ram.set(after.subarray(0, 4 * words));
      const wrong = this.#restarts[0]!.warm(ram, sealed, medium, moment, this.tally);
      this.tally.tears += 1;
      if (wrong !== undefined) this.#note(`${wrong}; RAM torn after ${words} words`);
    }
  }

  #state(medium: Medium, data: Uint8Array, op: number, address: number): StateHash {
    const record = new Uint32Array(data.buffer);
    return hashOf([medium.words, record, new Uint32Array([op, address])]);
  }

  #note(wrong: string): void {
    this.tally.lost += 1;
    const { kind, slots_log2, seed, sequence } = this.setup;
    const where = `${kind}, ${2 ** slots_log2} slots, from ${sequence}, seed ${seed}`;
    this.tally.firstLoss ??= `${wrong} (${where})`;
  }
}
