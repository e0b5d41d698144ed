// Requests and answers in frames: what got lost is asked for again, under the same number, so that
// the other end does it once (host/hil/c/frame.c).

import { DeviceError } from "../devices/device.js";
import { encodeFrame, FrameReader, PAYLOAD_MAX } from "./frame.js";
import { type Wire } from "./message.js";
import { type Port } from "./port.js";

export interface LinkOptions {
  /** So long an answer may take. */
  timeout_ms?: number;
  /** So often a request is sent before the other end counts as gone. */
  tries?: number;
}

const TIMEOUT_MS = 2000;
const TRIES = 4;

interface Waiting {
  sequence: number;
  resolve: (payload: Uint8Array) => void;
  reject: (error: Error) => void;
}

export class FrameLink implements Wire {
  readonly #reader = new FrameReader();
  readonly #timeout_ms: number;
  readonly #tries: number;
  #sequence = 0;
  #waiting: Waiting | undefined;
  #gone: string | undefined;

  constructor(
    readonly port: Port,
    { timeout_ms = TIMEOUT_MS, tries = TRIES }: LinkOptions = {},
  ) {
    this.#timeout_ms = timeout_ms;
    this.#tries = tries;
    port.listen(
      (bytes) => this.#take(bytes),
      (reason) => this.#end(reason),
    );
  }

  async call(request: Uint8Array): Promise<Uint8Array> {
    this.#sequence = (this.#sequence + 1) & 255;
    const sequence = this.#sequence;
    const frame = encodeFrame({ sequence, payload: request });
    for (let tried = 0; tried < this.#tries; tried++) {
      // a damaged length may have it wait for the rest of a frame that never was: here it is
      if (tried >= 2) this.port.write(new Uint8Array(PAYLOAD_MAX));
      const payload = await this.#ask(sequence, frame);
      if (payload !== undefined) return payload;
    }
    const waited_s = (this.#timeout_ms * this.#tries) / 1000;
    throw new DeviceError(
      `${this.port.name} does not answer (${waited_s} s, ${this.#tries} tries)`,
    );
  }

  close(): Promise<void> {
    return this.port.close();
  }

  /** One try; undefined: no answer in time. */
  #ask(sequence: number, frame: Uint8Array): Promise<Uint8Array | undefined> {
    return new Promise((resolve, reject) => {
      if (this.#gone !== undefined) return reject(this.#lost(this.#gone));
      const timer = setTimeout(() => {
        this.#waiting = undefined;
        resolve(undefined);
      }, this.#timeout_ms);
      const done = () => {
        clearTimeout(timer);
        this.#waiting = undefined;
      };
      this.#waiting = {
        sequence,
        resolve: (payload) => (done(), resolve(payload)),
        reject: (error) => (done(), reject(error)),
      };
      this.port.write(frame);
    });
  }

  #take(bytes: Uint8Array): void {
    for (const { sequence, payload } of this.#reader.push(bytes)) {
      if (sequence === this.#waiting?.sequence) this.#waiting.resolve(payload);
    }
  }

  #end(reason: string): void {
    this.#gone ??= reason;
    this.#waiting?.reject(this.#lost(reason));
  }

  #lost(reason: string): DeviceError {
    return new DeviceError(`${this.port.name} is gone: ${reason}`);
  }
}
