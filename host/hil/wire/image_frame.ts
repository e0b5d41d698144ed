// What the rig and a node's image say to each other (boards/images/node/node.c): frames as
// everywhere on the rig, with the type of the message where others have their number. An image
// answers what it is asked and speaks by itself as well: when it is up, when its sleep is over.

import { AREAS } from "../../core/abi.js";
import { type StorageOperation } from "../../core/core.js";
import { type Reply, type Start } from "../devices/device.js";
import { encodeFrame } from "./frame.js";

/**
 * From the rig: start, wake, a piece of the profile, reset, how a storage operation shall go.
 * From the node: it is up, its sleep is over, a reply, it trapped, a piece of the profile is kept
 * or not, it is about to touch storage of its own.
 */
export const FrameType = {
  ...{ start: 1, wake: 2, profile: 3, reset: 4, store: 5 },
  ...{ up: 0x80, due: 0x81, reply: 0x82, trap: 0x83, kept: 0x84, stores: 0x85 },
} as const;

/** How an operation on an image's own storage shall go. */
export const Store = { goes: 0, fails: 1, tears: 2, spoils: 3 } as const;

/** Readings that the board itself is asked for, beside the bits of `Values`. */
export const FromBoard = { limiting: 1 << 30, time: 1 << 31 } as const;

/** Bytes of the profile in one frame: whole words. */
const PIECE = 120;
const UNKNOWN_OFF = 0xffffffff;

/** A message of this type. */
export const imageFrame = (type: number, payload = new Uint8Array()): Uint8Array =>
  encodeFrame({ sequence: type, payload });

/** How a node starts; `isRetained` false asks an image to forget RAM that an emulator kept. */
export function startFrame({ profile, reason, off_s, time_ms }: Start, isRetained = true) {
  const off = off_s ?? UNKNOWN_OFF;
  const words = Uint32Array.of(reason, off, time_ms, profile.length, isRetained ? 1 : 0);
  return imageFrame(FrameType.start, new Uint8Array(words.buffer));
}

/** One wake: `asked` is what the board shall measure itself, the rest is in the sample. */
export function wakeFrame(asked: number, sample: Uint8Array): Uint8Array {
  const payload = new Uint8Array(8 + AREAS.sample.size);
  new DataView(payload.buffer).setUint32(0, asked, true);
  payload.set(sample, 8);
  return imageFrame(FrameType.wake, payload);
}

/** A profile in pieces that fit an image's frame. */
export function profileFrames(profile: Uint8Array): Uint8Array[] {
  const frames: Uint8Array[] = [];
  for (let at = 0; at < profile.length; at += PIECE) {
    const piece = profile.subarray(at, at + PIECE);
    const payload = new Uint8Array(4 + piece.length);
    new DataView(payload.buffer).setUint32(0, at, true);
    payload.set(piece, 4);
    frames.push(imageFrame(FrameType.profile, payload));
  }
  return frames;
}

const OPERATIONS = ["read", "program", "erase"] as const;

/** What an image is about to do with storage of its own. */
export function readStore(payload: Uint8Array): StorageOperation {
  const view = new DataView(payload.buffer, payload.byteOffset, payload.length);
  const [op, address, length] = [0, 4, 8].map((at) => view.getUint32(at, true));
  const bytes = op === 2 ? payload.slice(12, 12 + length!) : new Uint8Array(length!);
  return { op: OPERATIONS[op! - 1] ?? "read", address: address!, length: length!, bytes };
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
