// A machine that starts after a power cut, and what must hold then: the last record completed or a
// newer one was found, whole; RAM is sealed; SOC is as good as it says; and it says no worse than
// the record's error and what may have moved since.

import { Faults, Reason, Status } from "../../../host/core/abi.js";
import { HostileChecks } from "../hostile_checks.js";
import { Machine } from "./machine.js";
import { type Medium } from "./medium.js";
import { CAPACITY_PC, SHARES, type Setup, profileOf } from "./node_life.js";
import { Seen } from "./seen.js";

/** What a record said when it was written. */
export interface Kept {
  sequence: number;
  charge_pC: number;
  socSigma: number;
}

export interface Tally {
  seen: Seen;
  cuts: number;
  /** Starts from retained RAM that was torn. */
  tears: number;
  /** Starts that were cut before one of their reads. */
  starts: number;
  lost: number;
  firstLoss?: string;
  /** The largest error of SOC after a start, in its own sigmas. */
  worstSigmas: number;
}

export const newTally = (): Tally => ({
  seen: new Seen(),
  cuts: 0,
  tears: 0,
  starts: 0,
  lost: 0,
  worstSigmas: 0,
});

const RUNNING = 6;
/** Beyond its stated error, and beyond what may have been lost. */
const SOC_SLACK = 0.002;
const SIGMAS = 2;

/** What was under way at a cut. */
export interface Moment {
  /** The last record completed, if any, and the one that is being written. */
  completed: Kept | undefined;
  written: Kept | undefined;
  true_pC: number;
}

export const keptOf = (machine: Machine): Kept => ({
  sequence: machine.sequence,
  charge_pC: machine.charge_pC,
  socSigma: machine.socSigma,
});

/** A machine that starts after cuts, with the checks of what it finds. */
export class Restart {
  readonly machine: Machine;
  /** Which record the last start found. */
  found: Kept | undefined;
  readonly #checks: HostileChecks;
  readonly #slots: number;
  readonly #flash: boolean;

  constructor(setup: Setup) {
    this.#slots = 2 ** setup.slots_log2;
    this.#flash = setup.kind === "flash";
    this.machine = new Machine(profileOf(setup));
    this.#checks = new HostileChecks(this.machine.node);
  }

  /** Starts cold, whatever RAM holds; returns what is wrong. */
  cold(medium: Medium, ram: Uint8Array, moment: Moment, tally: Tally): string | undefined {
    this.machine.lose();
    this.machine.vital.set(ram);
    return this.#judge(this.machine.boot(medium), moment, tally);
  }

  /** A cold start that a reset cuts before read number `reads`: RAM keeps what was found so far. */
  twice(medium: Medium, ram: Uint8Array, reads: number, moment: Moment, tally: Tally) {
    const { machine } = this;
    machine.lose();
    machine.vital.set(ram);
    machine.boot(medium, Reason.cold, 0, reads);
    const retained = machine.vital.slice();
    machine.lose();
    machine.vital.set(retained);
    return this.#judge(machine.boot(medium, Reason.warm), moment, tally);
  }

  /** Starts with this in retained RAM, as it is (one of `sealed`) or not to be believed. */
  warm(ram: Uint8Array, sealed: Kept[], medium: Medium, moment: Moment, tally: Tally) {
    const { machine } = this;
    machine.lose();
    machine.vital.set(ram);
    const status = machine.node.core.boot(Reason.warm, 0, 0);
    if (machine.bootState !== RUNNING) {
      return this.#judge(machine.serveReads(medium, status), moment, tally);
    }
    const { charge_pC, socSigma } = machine;
    const kept = sealed.find((one) => one.charge_pC === charge_pC);
    if (kept === undefined) return `torn retained RAM was believed: ${charge_pC} pC`;
    return socSigma === kept.socSigma ? undefined : `sigma ${socSigma} of retained RAM`;
  }

  #judge(status: number, moment: Moment, tally: Tally): string | undefined {
    const { machine } = this;
    if (status !== Status.ok || machine.bootState !== RUNNING) return `no start: ${status}`;
    const unsound = this.#checks.state();
    if (unsound !== undefined) return unsound;
    const { completed, written } = moment;
    const { charge_pC } = machine;
    this.found = [written, completed].find((record) => record?.charge_pC === charge_pC);
    const restarted = (machine.node.get("vital", "faults_latched") & Faults.restarted) !== 0;
    const first = machine.node.get("vital", "boots") === 1;
    if (first) this.found = undefined;
    if (this.found !== undefined) return this.#judgeError(this.found, moment, tally);
    if (completed === undefined && first && restarted) return undefined;
    return first ? "the record was lost" : `found ${charge_pC} pC, not the last record or the next`;
  }

  #judgeError(found: Kept, { true_pC }: Moment, tally: Tally): string | undefined {
    const { socSigma, charge_pC } = this.machine;
    const share = this.#awaitsErase(found) ? SHARES.erase_share : SHARES.record_share;
    const most = found.socSigma + share + SOC_SLACK;
    if (!(socSigma <= most)) return `sigma ${socSigma}, at most ${most}`;
    if (!(socSigma >= share)) return `sigma ${socSigma}, though ${share} may have moved`;
    const sigmas = Math.abs(charge_pC - true_pC) / CAPACITY_PC / socSigma;
    tally.worstSigmas = Math.max(tally.worstSigmas, sigmas);
    return sigmas <= SIGMAS ? undefined : `SOC off by ${sigmas} sigma (${socSigma})`;
  }

  /** The next record after this one, or after the slots begun behind it, needs an erase. */
  #awaitsErase({ sequence }: Kept): boolean {
    const ends = [sequence, this.machine.sequence].some((last) => (last + 1) % this.#slots === 0);
    return this.#flash && ends;
  }
}
