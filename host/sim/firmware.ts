// The node's program around the core, in simulation: read, step, act, store, sleep, as on a board.
// The core is stepped in place, so that a year takes a fraction of a second; a device that is asked
// from outside is the rig's affair (host/hil).

import { Reason, Status } from "../core/abi.js";
import { ProfileError } from "../core/profile.js";
import { type Core } from "../core/core.js";
import { Words } from "../core/words.js";
import { Board, type Programme } from "./board.js";
import { type Deeds } from "./deeds.js";
import { Fram } from "./fram.js";
import { type Node } from "./node.js";
import { type Sensors } from "./sensors.js";
import { type Settings } from "./supply.js";

/** A status of this or more says that the core cannot go on. */
const FATAL = 16;

export class Firmware {
  readonly deeds: Deeds;
  readonly words: Words;
  readonly board: Board;
  readonly #core: Core;
  readonly #fram = new Fram();

  constructor(core: Core, of: Programme, node: Node, sensors: Sensors) {
    this.#core = core;
    this.words = new Words(core);
    this.board = new Board(of, node, sensors, this.words);
    this.deeds = this.board.deeds;
    const loaded = core.loadProfile(of.profile);
    if (loaded !== Status.ok) throw new ProfileError(core.statusText(loaded));
  }

  /** What the charger does while no firmware runs. */
  get unattended(): Settings {
    return this.board.of.unattended;
  }

  /** Starts from the journal; what was going on before is forgotten. */
  boot(): void {
    this.closeBooks();
    const { board } = this;
    board.start();
    this.#must(this.#core.boot(Reason.cold, undefined, board.time_ms));
    this.#serve();
    board.started();
  }

  /** Adds the core's books since its start to the deeds, and clears them. */
  closeBooks(): void {
    const { book_pC } = this.words.warm;
    for (const [path, booked_pC] of book_pC.entries()) {
      this.deeds.booked_pC[path]! += Number(booked_pC);
    }
    book_pC.fill(0n);
  }

  /** One wake: measures, walks the core once, does what may be done, sets the charger. */
  wake(): void {
    const { board } = this;
    board.measure();
    this.#must(this.#core.exports.step());
    if (this.words.storage.op !== 0) this.#serve();
    if (!board.act() && board.reset()) this.boot();
  }

  /** Executes what the core wants stored. */
  #serve(): void {
    const before = this.#fram.programs;
    this.#core.serveStorage(this.#fram);
    this.board.recorded(this.#fram.programs - before);
  }

  #must(status: number): void {
    if ((status & 255) >= FATAL) throw new Error(this.#core.statusText(status));
  }
}
