// The node's image in an emulated RP2040 as a device of the rig. Sleep is fast-forwarded: the
// chip's clock is set on to the time of the sample, and its timer wakes it on the way when the
// sleep that the core decided ends before that.

import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { AREAS } from "../../core/abi.js";
import { type Frame } from "../wire/frame.js";
import {
  FromBoard,
  FrameType,
  readReply,
  startFrame,
  wakeFrame,
  type ImageReply,
} from "../wire/image_frame.js";
import { DeviceError, type Device, type DeviceOptions, type Start } from "./device.js";
import { showReadings, stepOf } from "./readings.js";
import { Rp2040Board } from "./rp2040_board.js";

const IMAGE = fileURLToPath(new URL("../../../build/images/rp2040/node.bin", import.meta.url));
const MS = 1e6;
/** Within a millisecond, where the clock is looked at: neither edge is near. */
const PHASE_NS = 0.3 * MS;
/** Of the wrapping millisecond clock; a step back looks like a longer one. */
const LONGEST_MS = 2 ** 31;
/** RAM that lost power holds anything. */
const SPOILT = 0x5a;

/** The bytes of the image; says what brings it. */
export function rp2040Image(): Uint8Array {
  if (existsSync(IMAGE)) return readFileSync(IMAGE);
  throw new DeviceError(
    `${IMAGE}: there is no image; it needs gcc-arm-none-eabi and libnewlib-arm-none-eabi ` +
      "(apt-get install), then npm run build",
  );
}

export class Rp2040 implements Device {
  readonly name = "rp2040";
  readonly time = "emulated";
  readonly board: Rp2040Board;
  /** Sleeps that the chip's own timer ended. */
  woken = 0;
  #step = 0;
  /** What the sample clock shows, and the chip's clock at that moment. */
  #known_ms = 0;
  #known_ns = 0;
  #isStarted = false;

  constructor({ storage }: DeviceOptions, image: Uint8Array = rp2040Image()) {
    this.board = new Rp2040Board(image, storage);
  }

  async boot(start: Start): Promise<ImageReply> {
    const { board } = this;
    board.setProfile(start.profile);
    this.#step = stepOf(start.profile);
    this.#isStarted = true;
    board.run();
    this.#align(start.time_ms);
    board.send(startFrame(start));
    return this.#answer();
  }

  async step(sample: Uint8Array): Promise<ImageReply> {
    if (!this.#isStarted) throw new DeviceError("rp2040: boot comes before the first step");
    const { board } = this;
    const shown = showReadings(sample, this.#step, board);
    board.send(wakeFrame(shown.asked | this.#passTo(sample), shown.sample));
    return this.#answer();
  }

  async cut(retained: "kept" | "lost"): Promise<void> {
    this.board.cut(retained === "lost" ? (ram) => void ram.fill(SPOILT) : undefined);
    this.#isStarted = false;
  }

  async close(): Promise<void> {}

  /** Lets the chip sleep until the sample's time; the bit that says that its clock shows it. */
  #passTo(sample: Uint8Array): number {
    const { offset } = AREAS.sample.fields.time_ms;
    const view = new DataView(sample.buffer, sample.byteOffset);
    const time_ms = view.getUint32(offset, true);
    const passed_ms = (time_ms - this.#known_ms) >>> 0;
    const then_ns = this.#known_ns + passed_ms * MS;
    if (passed_ms >= LONGEST_MS || then_ns < this.board.time_ns) {
      this.#align(time_ms);
      return 0;
    }
    this.board.passUntil(then_ns);
    this.#known_ms = time_ms;
    this.#known_ns = then_ns;
    return FromBoard.time;
  }

  /** From now on the sample clock counts from here. */
  #align(time_ms: number): void {
    const now_ns = Math.ceil(this.board.time_ns / MS) * MS + PHASE_NS;
    this.board.passUntil(now_ns);
    this.#known_ms = time_ms;
    this.#known_ns = now_ns;
  }

  #answer(): ImageReply {
    this.board.run();
    let reply: ImageReply | undefined;
    for (const frame of this.board.frames.splice(0)) reply = this.#take(frame) ?? reply;
    if (reply === undefined) throw new DeviceError("rp2040: the image sleeps without an answer");
    return reply;
  }

  #take({ sequence: type, payload }: Frame): ImageReply | undefined {
    if (type === FrameType.trap)
      throw new DeviceError(`rp2040: the core trapped, code ${payload[0]}`);
    if (type === FrameType.due) this.woken++;
    return type === FrameType.reply ? readReply(payload) : undefined;
  }
}
