// E.nativeCall of the mock: finds the blob in the mocked flash, byte for byte, and serves the call
// by a core of another build over the same memory image. Keeps what was poked and called, so that a
// life can be replayed on the blob itself.

import { SIGNATURES } from "../../../host/core/abi.js";
import { type CoreInstance } from "../../../host/moddable/core_port.js";
import { type FlashChip } from "./flash_chip.js";

export interface BlobImage {
  bytes: ArrayLike<number>;
  data_at: number;
  offsets: Record<string, number>;
}

export interface LoggedCall {
  name: string;
  args: number[];
  /** Words of linear memory that changed from outside since the call before: address, word. */
  poked: [number, number][];
}

type Exports = Record<string, (...args: number[]) => number>;

interface State {
  of: Uint8Array;
  at: number;
  core: CoreInstance;
  /** Linear memory as the last call left it. */
  left: Uint32Array;
}

const RAM_AT = 0x20002000;

export class NativeCalls {
  readonly log: LoggedCall[] = [];
  private readonly states: State[] = [];
  private ram_at = RAM_AT;

  constructor(
    private readonly blob: BlobImage,
    private readonly newCore: () => CoreInstance,
    private readonly flash: FlashChip,
  ) {}

  /** E.nativeCall. */
  bind(address: number, signature: string): (...args: number[]) => number {
    const name = this.entryAt(address);
    const { args, result } = SIGNATURES.filter((one) => one.name === name)[0]!;
    const c = (type: string) => (type === "f32" ? "float" : "int");
    const expected = `${c(result)}(${["int"].concat(args.map(c)).join(",")})`;
    if (signature !== expected) throw new Error(`${name}: ${signature} must be ${expected}`);
    return (at, ...rest) => this.call(name, at, rest);
  }

  /** E.getAddressOf of a buffer. */
  addressOf(buffer: Uint8Array): number {
    for (let i = 0; i < this.states.length; i++) {
      if (this.states[i]!.of === buffer) return this.states[i]!.at;
    }
    const core = this.newCore();
    const words = (buffer.length - this.blob.data_at) >> 2;
    this.states.push({ of: buffer, at: this.ram_at, core, left: new Uint32Array(words) });
    return this.ram_at;
  }

  /** Bytes of all state. */
  stateBytes(): number {
    return this.states.reduce((sum, { of }) => sum + of.length, 0);
  }

  /** The interpreter tidies up: buffers lie elsewhere afterwards. */
  defragment(): void {
    this.ram_at -= 0x400;
    for (let i = 0; i < this.states.length; i++) this.states[i]!.at = this.ram_at;
  }

  private entryAt(address: number): string {
    const { bytes, offsets } = this.blob;
    for (const name in offsets) {
      const begin = address - 1 - offsets[name]!;
      let same = begin >= 0;
      for (let i = 0; i < bytes.length && same; i++)
        same = this.flash.bytes[begin + i] === bytes[i];
      if (same) return name;
    }
    throw new Error(`nativeCall(${address}): no export of the blob there: a real chip would crash`);
  }

  private call(name: string, at: number, args: number[]): number {
    let state: State | undefined;
    for (let i = 0; i < this.states.length; i++) {
      if (this.states[i]!.at === at) state = this.states[i];
    }
    if (!state) throw new Error(`${name}(${at}): no state there: a real chip would crash`);
    const memory = new Uint8Array(state.core.memory);
    const data = state.of.subarray(this.blob.data_at);
    memory.set(data);
    this.note(state, name, args);
    const result =
      name === "map_profile"
        ? this.mapProfile(state, args[0]!, args[1]!, memory)
        : (state.core as unknown as Exports)[name]!(...args);
    data.set(memory.subarray(0, data.length));
    state.left.set(new Uint32Array(state.core.memory, 0, state.left.length));
    return result;
  }

  /** What differs in the core's memory from the call before was poked. */
  private note(state: State, name: string, args: number[]): void {
    const words = new Uint32Array(state.core.memory, 0, state.left.length);
    const poked: [number, number][] = [];
    for (let i = 0; i < words.length; i++) {
      if (words[i] !== state.left[i]) poked.push([4 * i, words[i]!]);
    }
    this.log.push({ name, args: args.slice(), poked });
  }

  /** A profile in flash has an address that wraps around; here it is copied behind the plan. */
  private mapProfile(state: State, address: number, length: number, memory: Uint8Array): number {
    const from = (address + state.at + this.blob.data_at) >>> 0;
    const to = state.core.profile_at();
    for (let i = 0; i < length; i++) memory[to + i] = this.flash.bytes[from + i]!;
    return state.core.load_profile(length);
  }
}
