// Cymbet CBC915, the "EnerChip energy processor", on a UART at 9600 baud, 8N1: it finds the best
// operating point and charges EnerChips by itself, and answers in ASCII. It takes no settings, so
// whatever a decision wants of it is reported as not met. Commands and sources: docs/PARTS.md.

import { Actuators, Pmic } from "../core/abi.js";
import {
  type Charger,
  type ChargerDecision,
  type ChargerStatus,
  checkDecision,
} from "./charger.js";

export const CBC915_BAUD = 9600;

/** Commands that are used here. 6 rewrites the calibration and is left to the bench. */
export const CBC915_COMMAND = {
  POWER: 1,
  STATE: 2,
  TRANSDUCER: 3,
  FIND_MPP: 4,
  SOC: 5,
  TEST: 8,
  MEASURE_POWER: 9,
};

/** What command 8 answers. */
export const CBC915_TEST_REPLY = 99;

/** Answers of command 2; 4 and 5 exist, what they mean was not read. */
export const CBC915_STATE = { MPPT: 1, CAPACITOR: 2, ENERCHIP: 3 };

/** The transmitting half of a serial port; an ECMA-419 Serial is one as it is. */
export interface UartPort {
  write(bytes: Uint8Array): void;
}

export interface Cbc915Options {
  /** Milliseconds. */
  now: () => number;
  /** The variant -ACA does not know commands 1, 2 and 9. */
  aca?: boolean;
  /** Answers older than this are not told any more. */
  stale_ms?: number;
  /** Voltage to make a current of the power by, and the share that reaches the cell; left out: the
   * power is not told to the core. */
  storage_mV?: number;
  efficiency?: number;
}

/** Time that command 9 may take. */
const MEASURE_MS = 10000;
const REPLY_MS = 1000;
const REPLY_BYTES_MAX = 24;
/** The data sheet shows cr lf and lf cr, and the closing zero with and without ">" before it. */
const REPLY = /^@([0-9]),([0-9]+)[\r\n]+>?0$/;

export class Cbc915 implements Charger {
  /** Last answers by command, undefined before the first. */
  power_uW: number | undefined;
  state: number | undefined;
  /** As it comes: the unit of command 5 was not read. */
  soc_reading: number | undefined;
  private port: UartPort;
  private options: Cbc915Options;
  private text = "";
  private queue: number[] = [];
  private asked_ms = 0;
  private answered_ms: number | undefined;

  constructor(port: UartPort, options: Cbc915Options) {
    this.port = port;
    this.options = options;
  }

  /** Asks for a sign of life; the answer comes with `receive`. */
  begin(): void {
    this.queue = [];
    this.ask(CBC915_COMMAND.TEST);
  }

  /** Asks for what `status` tells. Once a wake: answers take some 10 ms each. */
  refresh(): void {
    if (this.options.aca !== true) {
      this.ask(CBC915_COMMAND.STATE);
      this.ask(CBC915_COMMAND.POWER);
    }
    this.ask(CBC915_COMMAND.SOC);
  }

  /** Queues a command; those before that were not answered in time are given up. */
  ask(command: number): void {
    const known = [1, 2, 3, 4, 5, 8, 9];
    const refused = this.options.aca === true ? [1, 2, 9] : [];
    if (known.indexOf(command) < 0 || refused.indexOf(command) >= 0) {
      throw new Error("cbc915: command " + command + " is not one of this part");
    }
    const waited_ms = this.options.now() - this.asked_ms;
    const patience_ms = this.queue[0] === CBC915_COMMAND.MEASURE_POWER ? MEASURE_MS : REPLY_MS;
    if (this.queue.length > 0 && waited_ms > patience_ms) this.queue = [];
    this.queue.push(command);
    if (this.queue.length === 1) this.send();
  }

  /** Bytes that came from the part, in any pieces. */
  receive(bytes: Uint8Array | ArrayBuffer): void {
    const all = new Uint8Array(bytes);
    for (let i = 0; i < all.length; i++) {
      const character = String.fromCharCode(all[i]!);
      if (character === "@") this.text = "";
      this.text = this.text + character;
      if (this.text.length > REPLY_BYTES_MAX) this.text = "";
      const reply = REPLY.exec(this.text);
      if (reply !== null) {
        this.text = "";
        this.take(parseInt(reply[1]!, 10), parseInt(reply[2]!, 10));
      }
    }
  }

  /** It charges as it likes: a decision not to, or how, is not met. */
  apply(decision: ChargerDecision): number {
    checkDecision("cbc915", decision);
    if (!decision.charge_enable || decision.source === 0) return Actuators.charge_enable;
    return (
      Actuators.float |
      Actuators.charge_limit |
      (decision.source > 1 ? Actuators.source : 0) |
      (decision.mpp_ratio > 0 ? Actuators.mpp : 0)
    );
  }

  status(): ChargerStatus {
    const options = this.options;
    const storage_mV = options.storage_mV;
    const efficiency = options.efficiency;
    const most_ms = options.stale_ms === undefined ? 3600000 : options.stale_ms;
    if (this.answered_ms === undefined || options.now() - this.answered_ms > most_ms) {
      throw new Error("cbc915: no answer within " + most_ms + " ms; wired, and refresh() called?");
    }
    const status: ChargerStatus = {
      pmic_flags: this.state === CBC915_STATE.ENERCHIP ? Pmic.charging : 0,
    };
    if (this.power_uW !== undefined && storage_mV !== undefined && efficiency !== undefined) {
      // uW over mV is mA
      status.harvest_now_nA = ((this.power_uW * efficiency) / storage_mV) * 1e6;
    }
    return status;
  }

  private send(): void {
    const command = this.queue[0]!;
    this.asked_ms = this.options.now();
    this.port.write(new Uint8Array([0x23, 0x20, 0x30 + command, 0x0d]));
  }

  private take(command: number, value: number): void {
    if (this.queue[0] !== command) return;
    this.queue.shift();
    const good = command !== CBC915_COMMAND.TEST || value === CBC915_TEST_REPLY;
    if (good) this.answered_ms = this.options.now();
    if (command === CBC915_COMMAND.POWER) this.power_uW = value;
    if (command === CBC915_COMMAND.STATE) this.state = value;
    if (command === CBC915_COMMAND.SOC) this.soc_reading = value;
    if (this.queue.length > 0) this.send();
  }
}
