// A storage device for the journal: FRAM that is written byte by byte, or flash that can only clear
// bits until its page is erased. Power can fail within an operation.

import { type NodeUnderTest } from "./node_under_test.js";

/** storage.op. */
const [READ, PROGRAM, ERASE] = [1, 2, 3];
const BYTES = 0x4000;

/** Thrown when the power fails; the node is gone, the device keeps what was written. */
export class PowerCut extends Error {}

export class StorageDevice {
  readonly bytes = new Uint8Array(BYTES).fill(0xff);
  /** Kind, address and length of every operation done. */
  readonly log: { op: number; address: number }[] = [];
  /** The power fails after this many bytes more. */
  bytesLeft = Infinity;

  constructor(readonly kind: "fram" | "flash") {}

  /** Executes the operations that wait, as a host does. Returns the last status. */
  serve(node: NodeUnderTest, status = 0): number {
    let last = status;
    while (node.get("storage", "op") !== 0) {
      this.#execute(node);
      last = node.core.storage_done(0);
    }
    return last;
  }

  #execute(node: NodeUnderTest): void {
    const [op, address, length, at] = (["op", "address", "length", "memory_at"] as const).map(
      (field) => node.get("storage", field),
    ) as [number, number, number, number];
    const memory = new Uint8Array(node.core.memory.buffer);
    this.log.push({ op, address });
    if (op === READ) memory.set(this.bytes.subarray(address, address + length), at);
    for (let i = 0; i < length && op !== READ; i++) {
      if (this.bytesLeft-- <= 0) throw new PowerCut();
      if (op === ERASE) this.bytes[address + i] = 0xff;
      if (op === PROGRAM) this.#write(address + i, memory[at + i]!);
    }
  }

  #write(address: number, byte: number): void {
    if (this.kind === "fram") this.bytes[address] = byte;
    else this.bytes[address]! &= byte;
  }
}
