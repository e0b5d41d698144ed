// Frames on the UART between the rig and a node's image; boards/images/node/frame.h speaks the
// same:
//
//   0xa5 | type | length, u16 | payload | CRC-32 of type, length and payload
//
// Integers are little-endian. What is damaged is passed over.

import { crc32 } from "node:zlib";
import { AREAS } from "../core/abi.js";
import { type Reply, type Start } from "./device.js";

/**
 * From the rig: start, wake, a piece of the profile, reset. From the node: it is up, its sleep is
 * over, a reply, it trapped, a piece of the profile is kept or not.
 */
export const FrameType = {
  ...{ start: 1, wake: 2, profile: 3, reset: 4 },
  ...{ up: 0x80, due: 0x81, reply: 0x82, trap: 0x83, kept: 0x84 },
} as const;

/** Readings that the board itself is asked for, beside the bits of `Values`. */
export const FromBoard = { limiting: 1 << 30, time: 1 << 31 } as const;

const SYNC = 0xa5;
const HEAD = 3;
const CRC = 4;
const LONGEST = 1024;
/** Bytes of the profile in one frame: whole words. */
const PIECE = 120;
const UNKNOWN_OFF = 0xffffffff;

export interface Frame {
  type: number;
  payload: Uint8Array;
}

export function encodeFrame(type: number, payload: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(1 + HEAD + payload.length + CRC);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, SYNC);
  view.setUint8(1, type);
  view.setUint16(2, payload.length, true);
  bytes.set(payload, 1 + HEAD);
  view.setUint32(bytes.length - CRC, crc32(bytes.subarray(1, bytes.length - CRC)), true);
  return bytes;
}

/** Collects bytes of a UART; `onFrame` gets every whole frame. */
export class FrameReader {
  #bytes: number[] = [];

  constructor(readonly onFrame: (frame: Frame) => void) {}

  push(byte: number): void {
    this.#bytes.push(byte);
    while (this.#bytes.length > 0 && !this.#isOpen()) this.#bytes.shift();
  }

  /** Whether the bytes so far may become a frame; takes the frame out when they are one. */
  #isOpen(): boolean {
    const bytes = this.#bytes;
    if (bytes[0] !== SYNC) return false;
    if (bytes.length <= HEAD) return true;
    const length = bytes[2]! | (bytes[3]! << 8);
    if (length > LONGEST) return false;
    const end = 1 + HEAD + length;
    if (bytes.length < end + CRC) return true;
    const whole = Uint8Array.from(bytes);
    const told = new DataView(whole.buffer).getUint32(end, true);
    if (told !== crc32(whole.subarray(1, end))) return false;
    this.#bytes = bytes.slice(end + CRC);
    this.onFrame({ type: whole[1]!, payload: whole.slice(1 + HEAD, end) });
    return true;
  }
}

/** How a node starts; `isRetained` false asks an image to forget RAM that an emulator kept. */
export function startFrame({ reason, off_s, time_ms }: Start, isRetained = true): Uint8Array {
  const words = Uint32Array.of(reason, off_s ?? UNKNOWN_OFF, time_ms, isRetained ? 1 : 0);
  return encodeFrame(FrameType.start, new Uint8Array(words.buffer));
}

/** One wake: `asked` is what the board shall measure itself, the rest is in the sample. */
export function wakeFrame(asked: number, sample: Uint8Array): Uint8Array {
  const payload = new Uint8Array(8 + AREAS.sample.size);
  new DataView(payload.buffer).setUint32(0, asked, true);
  payload.set(sample, 8);
  return encodeFrame(FrameType.wake, payload);
}

/** A profile in pieces that fit an image's frame. */
export function profileFrames(profile: Uint8Array): Uint8Array[] {
  const frames: Uint8Array[] = [];
  for (let at = 0; at < profile.length; at += PIECE) {
    const piece = profile.subarray(at, at + PIECE);
    const payload = new Uint8Array(4 + piece.length);
    new DataView(payload.buffer).setUint32(0, at, true);
    payload.set(piece, 4);
    frames.push(encodeFrame(FrameType.profile, payload));
  }
  return frames;
}

/** A reply of an image also tells the vital area: what survives a reset. */
export interface ImageReply extends Reply {
  vital: Uint8Array;
}

export function readReply(payload: Uint8Array): ImageReply {
  const view = new DataView(payload.buffer, payload.byteOffset, payload.length);
  let at = 8;
  const next = ({ size }: { size: number }) => payload.slice(at, (at += size));
  return {
    status: view.getUint32(0, true),
    records: view.getUint32(4, true),
    decision: next(AREAS.decision),
    gauge: next(AREAS.gauge),
    vital: next(AREAS.vital),
  };
}
