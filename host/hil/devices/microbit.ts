// The node's image on a micro:bit in QEMU (nRF51822) as a device of the rig. Samples and decisions
// go over the UART; the journal lies in the chip's own flash. The rig's storage is asked how each
// operation goes, so that its faults reach this device too. QEMU keeps RAM over a reset: RAM that
// is lost is overwritten by the image.

import { spawn, type ChildProcessWithoutNullStreams } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type StorageOperation, type StoragePort } from "../../core/core.js";
import { FrameReader, type Frame } from "../wire/frame.js";
import {
  FrameType,
  Store,
  imageFrame,
  readStore,
  profileFrames,
  readReply,
  startFrame,
  wakeFrame,
  type ImageReply,
} from "../wire/image_frame.js";
import { DeviceError, execute, type Device, type DeviceOptions, type Start } from "./device.js";

const IMAGE = fileURLToPath(new URL("../../../build/images/microbit/node.elf", import.meta.url));
const QEMU = "qemu-system-arm";
/** Far beyond what any answer takes, on a busy machine too. */
const PATIENCE_MS = 60_000;

export class Microbit implements Device {
  readonly name = "microbit";
  readonly time = "emulated";
  /** Sleeps that the chip's own timer ended. */
  woken = 0;
  readonly #qemu: ChildProcessWithoutNullStreams;
  readonly #frames: Frame[] = [];
  #heard: (() => void) | undefined;
  /** What ended the emulator; its last words. */
  #end = "";
  #words = "";
  /** What lies where in the rig's storage if nothing happened to it. */
  readonly #written = new Map<number, Uint8Array>();
  #profile = new Uint8Array(0);
  #isUp = false;
  #isRetained = false;

  /** The rig's storage goes along with the flash, and says which operation shall fail. */
  readonly #storage: StoragePort;

  constructor({ storage }: DeviceOptions, image = IMAGE) {
    this.#storage = storage;
    if (!existsSync(image)) {
      throw new DeviceError(
        `${image}: there is no image; it needs gcc-arm-none-eabi and libnewlib-arm-none-eabi ` +
          "(apt-get install), then npm run build",
      );
    }
    const options = ["-M", "microbit", "-nographic", "-monitor", "none", "-serial", "stdio"];
    // virtual time: a sleep that nobody disturbs is over at once
    options.push("-icount", "shift=0,sleep=off", "-kernel", image);
    this.#qemu = spawn(QEMU, options, { stdio: "pipe" });
    const reader = new FrameReader();
    this.#qemu.stdout.on("data", (bytes: Buffer) => {
      this.#frames.push(...reader.push(bytes));
      this.#heard?.();
    });
    this.#qemu.stderr.on("data", (text: Buffer) => (this.#words = text.toString()));
    this.#qemu.stdin.on("error", () => undefined);
    this.#qemu.on("error", (error) => this.#fail(`${error.message}; apt-get install ${QEMU}`));
    this.#qemu.on("exit", (code) => this.#fail(`${QEMU} ended with ${code}`));
  }

  async boot(start: Start): Promise<ImageReply> {
    if (!this.#isUp) await this.#next(FrameType.up);
    this.#isUp = true;
    if (!Buffer.from(this.#profile).equals(start.profile)) await this.#upload(start.profile);
    this.#send(startFrame(start, this.#isRetained));
    return readReply(await this.#next(FrameType.reply));
  }

  async step(sample: Uint8Array): Promise<ImageReply> {
    if (!this.#isUp) throw new DeviceError("microbit: boot comes before the first step");
    await this.#next(FrameType.due);
    this.#send(wakeFrame(0, sample));
    return readReply(await this.#next(FrameType.reply));
  }

  async cut(retained: "kept" | "lost"): Promise<void> {
    if (!this.#isUp) await this.#next(FrameType.up);
    this.#isUp = false;
    this.#isRetained = retained === "kept";
    this.#send(imageFrame(FrameType.reset));
  }

  async close(): Promise<void> {
    const { exitCode, signalCode } = this.#qemu;
    if (exitCode !== null || signalCode !== null) return;
    const ended = new Promise((resolve) => this.#qemu.once("exit", resolve));
    this.#qemu.kill();
    await ended;
  }

  async #upload(profile: Uint8Array): Promise<void> {
    for (const frame of profileFrames(profile)) {
      this.#send(frame);
      const [failed] = await this.#next(FrameType.kept);
      if (failed) throw new DeviceError(`microbit: no room for a profile of ${profile.length} B`);
    }
    this.#profile = Uint8Array.from(profile);
  }

  #send(bytes: Uint8Array): void {
    this.#qemu.stdin.write(bytes);
  }

  #fail(error: string): void {
    this.#end ||= `${error} ${this.#words.trim()}`;
    this.#heard?.();
  }

  /** The payload of the next frame, which must be of this type; a sleep may end before it. */
  async #next(type: number): Promise<Uint8Array> {
    const frame = this.#frames.shift() ?? (await this.#wait());
    if (frame.sequence === FrameType.due) this.woken++;
    if (frame.sequence === type) return frame.payload;
    if (frame.sequence === FrameType.stores) this.#store(frame.payload);
    if (frame.sequence === FrameType.due || frame.sequence === FrameType.stores) {
      return this.#next(type);
    }
    const trap =
      frame.sequence === FrameType.trap ? `: the core trapped, code ${frame.payload[0]}` : "";
    throw new DeviceError(`microbit: frame ${frame.sequence} instead of ${type}${trap}`);
  }

  /** What the image is about to do happens to the rig's storage as well, with its faults. */
  #store(payload: Uint8Array): void {
    let verdict: number = Store.tears;
    try {
      const operation = readStore(payload);
      verdict = execute(this.#storage, operation) ? Store.goes : Store.fails;
      if (verdict === Store.goes && this.#isSpoilt(operation)) verdict = Store.spoils;
    } finally {
      this.#send(imageFrame(FrameType.store, Uint8Array.of(verdict)));
    }
  }

  /** Whether bits flipped since these bytes were written. */
  #isSpoilt({ op, address, bytes }: StorageOperation): boolean {
    if (op === "program") this.#written.set(address, bytes);
    const written = this.#written.get(address);
    return op === "read" && written !== undefined && !Buffer.from(written).equals(bytes);
  }

  async #wait(): Promise<Frame> {
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      this.#heard = () => {
        if (this.#frames.length > 0 || this.#end !== "") resolve();
      };
      timer = setTimeout(resolve, PATIENCE_MS);
      this.#heard();
    });
    clearTimeout(timer);
    this.#heard = undefined;
    const frame = this.#frames.shift();
    if (frame !== undefined) return frame;
    throw new DeviceError(`microbit: no answer; ${this.#end || "it is silent"}`);
  }
}
