// What is asked of a core behind a wire, and what it answers: 32-bit little-endian words, then
// bytes. docs/HIL.md has the table; answer.js, and in C host/hil/c/answer.c, are the other end.

import { AREAS, LAYOUT_HASH } from "../../core/abi.js";
import { type StorageOperation } from "../../core/core.js";
import { DeviceError, type Reply, type Start } from "../devices/device.js";

/** The wire: bytes of a request in, bytes of its answer out. */
export interface Wire {
  call(request: Uint8Array): Promise<Uint8Array>;
  close(): Promise<void>;
}

const ASK = { hello: 1, boot: 2, step: 3, stored: 4, cut: 5 } as const;
const OPERATIONS = ["none", "read", "program", "erase"] as const;
const UNKNOWN_OFF = 0xffffffff;
/** Status, records, operation, its address, its length. */
const HEAD_WORDS = 5;
const DECISION_AT = 4 * HEAD_WORDS;
const GAUGE_AT = DECISION_AT + AREAS.decision.size;
const BYTES_AT = GAUGE_AT + AREAS.gauge.size;

function message(words: readonly number[], bytes: Uint8Array = new Uint8Array()): Uint8Array {
  const made = new Uint8Array(4 * words.length + bytes.length);
  const view = new DataView(made.buffer);
  words.forEach((word, i) => view.setUint32(4 * i, word, true));
  made.set(bytes, 4 * words.length);
  return made;
}

export const askHello = (): Uint8Array => message([ASK.hello]);

export const askBoot = ({ reason, off_s, time_ms, profile }: Start): Uint8Array =>
  message([ASK.boot, reason, off_s ?? UNKNOWN_OFF, time_ms], profile);

export const askStep = (sample: Uint8Array): Uint8Array => message([ASK.step], sample);

/** The operation that was asked for is done; `bytes` are what was read. */
export const askStored = (success: boolean, bytes?: Uint8Array): Uint8Array =>
  message([ASK.stored, success ? 0 : 1], bytes);

export const askCut = (retained: "kept" | "lost"): Uint8Array =>
  message([ASK.cut, retained === "kept" ? 1 : 0]);

/** Throws DeviceError unless the other end was built from the same layout table. */
export function checkHello(name: string, answer: Uint8Array): void {
  const view = new DataView(answer.buffer, answer.byteOffset, answer.byteLength);
  const hash = answer.length >= 4 ? view.getUint32(0, true) : 0;
  if (hash === LAYOUT_HASH) return;
  const hex = (value: number) => `0x${value.toString(16).padStart(8, "0")}`;
  const these = `has layout ${hex(hash)}, this rig ${hex(LAYOUT_HASH)}`;
  throw new DeviceError(`${name} ${these}; build both from one checkout`);
}

export interface Answer extends Reply {
  /** Waits to be executed by the host; its bytes are what is to be programmed. */
  operation: StorageOperation | undefined;
}

/** Throws DeviceError for an answer that is too short. */
export function readAnswer(name: string, answer: Uint8Array): Answer {
  if (answer.length < BYTES_AT) {
    const sizes = `${answer.length} bytes, at least ${BYTES_AT} are due`;
    throw new DeviceError(`${name} answered ${sizes}; is it another program?`);
  }
  const view = new DataView(answer.buffer, answer.byteOffset, answer.byteLength);
  const word = (index: number) => view.getUint32(4 * index, true);
  const op = OPERATIONS[word(2)] ?? "none";
  const bytes = op === "read" ? new Uint8Array(word(4)) : answer.slice(BYTES_AT);
  return {
    status: word(0),
    records: word(1),
    decision: answer.slice(DECISION_AT, GAUGE_AT),
    gauge: answer.slice(GAUGE_AT, BYTES_AT),
    operation: op === "none" ? undefined : { op, address: word(3), length: word(4), bytes },
  };
}
