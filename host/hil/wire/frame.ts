// Frames on a byte stream, a UART's above all: what is damaged is not taken, and what was asked
// twice is answered twice but done once.
//
//   a5 5a  sequence u8  length u16  payload  crc u32        (CRC-32 from the sequence on)

import { crc32 } from "../../core/profile.js";

const SYNC = [0xa5, 0x5a] as const;
const HEAD = 5;
const TAIL = 4;
/** A profile with its message fits; so does C's buffer (host/hil/c/frame.h). */
export const PAYLOAD_MAX = 8192;

export interface Frame {
  sequence: number;
  payload: Uint8Array;
}

export function encodeFrame({ sequence, payload }: Frame): Uint8Array {
  const bytes = new Uint8Array(HEAD + payload.length + TAIL);
  const view = new DataView(bytes.buffer);
  bytes.set([...SYNC, sequence]);
  view.setUint16(3, payload.length, true);
  bytes.set(payload, HEAD);
  const end = HEAD + payload.length;
  view.setUint32(end, crc32(bytes.subarray(2, end)), true);
  return bytes;
}

/** Takes bytes as they come and gives the whole frames among them. */
export class FrameReader {
  #waiting = new Uint8Array();
  /** Frames whose CRC did not match. */
  damaged = 0;

  push(bytes: Uint8Array): Frame[] {
    const all = new Uint8Array(this.#waiting.length + bytes.length);
    all.set(this.#waiting);
    all.set(bytes, this.#waiting.length);
    const frames: Frame[] = [];
    let at = 0;
    for (;;) {
      at = nextSync(all, at);
      const length = lengthAt(all, at);
      if (length === undefined) break;
      const end = at + HEAD + length;
      const view = new DataView(all.buffer, all.byteOffset);
      const fits = length <= PAYLOAD_MAX;
      if (fits && end + TAIL > all.length) break;
      if (fits && view.getUint32(end, true) === crc32(all.subarray(at + 2, end))) {
        frames.push({ sequence: all[at + 2]!, payload: all.slice(at + HEAD, end) });
        at = end + TAIL;
      } else {
        // not a frame: look for one behind its first byte
        this.damaged++;
        at++;
      }
    }
    this.#waiting = all.slice(at);
    return frames;
  }
}

/** The first place at or after `at` where a frame may begin. */
function nextSync(bytes: Uint8Array, at: number): number {
  for (let i = at; i < bytes.length; i++) {
    if (bytes[i] === SYNC[0] && (i + 1 === bytes.length || bytes[i + 1] === SYNC[1])) return i;
  }
  return bytes.length;
}

const lengthAt = (bytes: Uint8Array, at: number): number | undefined =>
  at + HEAD > bytes.length ? undefined : bytes[at + 3]! | (bytes[at + 4]! << 8);
