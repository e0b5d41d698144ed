// What the rig asks of anything that runs the core, whatever it is: a core in this process, an
// image in an emulated chip, a program, a board. The rig keeps the plant and the time; a device
// gets the bytes that its sensors would have shown and answers with the bytes that its core made.

import { type StorageOperation, type StoragePort } from "../../core/core.js";

/** How a node starts: see boot() of the core. */
export interface Start {
  profile: Uint8Array;
  /** One of `Reason`. */
  reason: number;
  /** Time without power; undefined: no clock survived. */
  off_s: number | undefined;
  time_ms: number;
}

/** What the core answered, and its areas of that moment as bytes (layout of host/core/abi.ts). */
export interface Reply {
  status: number;
  decision: Uint8Array;
  gauge: Uint8Array;
  /** Journal records written in this call. */
  records: number;
}

/** Something that runs the core: in process, an emulated chip, a process, a board. */
export interface Device {
  readonly name: string;
  /** "emulated": sleep is fast-forwarded; "real": sleep takes its time. */
  readonly time: "emulated" | "real";
  boot(start: Start): Promise<Reply>;
  /** One wake: bytes of the `sample` area (layout of host/core/abi.ts) in; decision, gauge out. */
  step(sample: Uint8Array): Promise<Reply>;
  /**
   * Power is cut. Retained RAM, which is the `vital` area, is kept or lost; all other memory is
   * lost, the journal's storage is kept. Also when a call was left unfinished.
   */
  cut(retained: "kept" | "lost"): Promise<void>;
  close(): Promise<void>;
}

export interface DeviceOptions {
  /** The rig's FRAM twin with its faults; devices with storage of their own ignore it. */
  storage: StoragePort;
}

/** How the rig gets its device. */
export type DeviceMaker = (options: DeviceOptions) => Promise<Device>;

/** A device that is not there, does not answer, or answers what no core says; one line. */
export class DeviceError extends Error {
  override readonly name = "DeviceError";
}

/** Power failed inside a call: thrown by the storage, and by a device that can fail anywhere. */
export class PowerFailure extends Error {
  override readonly name = "PowerFailure";
}

/** Executes one operation; false: the storage failed. A power failure passes through. */
export function execute(port: StoragePort, operation: StorageOperation): boolean {
  const { op, address, length, bytes } = operation;
  try {
    if (op === "read") port.read(address, bytes);
    else if (op === "program") port.program(address, bytes);
    else port.erase(address, length);
    return true;
  } catch (error) {
    if (error instanceof PowerFailure) throw error;
    return false;
  }
}
