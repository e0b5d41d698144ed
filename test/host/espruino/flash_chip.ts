// The flash of a mocked nRF52: programming only clears bits, a page is erased as a whole, and power
// may fail within any word of either. Files of Storage lie one behind the other, as Espruino puts
// them. What no program should do is written down.

export const PAGE_BYTES = 4096;
const FLASH_BYTES = 0x80000;
/** Ten pages of saved code: boards/MDBT42Q.py of Espruino. */
const STORAGE_AT = 108 * PAGE_BYTES;
const STORAGE_END = 118 * PAGE_BYTES;
const HEADER_BYTES = 32;

export interface FlashFile {
  name: string;
  at: number;
  length: number;
}

/** Message of what is thrown when the power fails. */
export const POWER_CUT = "power cut";

export class FlashChip {
  readonly bytes: Uint8Array;
  readonly files: FlashFile[] = [];
  readonly violations: string[] = [];
  /** The power fails after so many words more. */
  wordsLeft = Infinity;
  erases = 0;
  programs = 0;
  private free_at = STORAGE_AT;

  constructor() {
    this.bytes = new Uint8Array(FLASH_BYTES);
    for (let i = 0; i < FLASH_BYTES; i++) this.bytes[i] = 0xff;
  }

  /** require("Flash"). */
  module() {
    return {
      read: (length: number, at: number) => {
        const copy = new Uint8Array(length);
        for (let i = 0; i < length; i++) copy[i] = this.bytes[at + i]!;
        return copy;
      },
      write: (data: ArrayLike<number>, at: number) => {
        if (at & 3 || data.length & 3) throw new Error("Data and address must be multiples of 4");
        this.programs++;
        for (let i = 0; i < data.length; i += 4) {
          this.spend();
          for (let k = 0; k < 4; k++) this.program(at + i + k, data[i + k]!);
        }
      },
      erasePage: (at: number) => {
        this.erase(at - (at % PAGE_BYTES));
      },
      getPage: (at: number) => ({ addr: at - (at % PAGE_BYTES), length: PAGE_BYTES }),
    };
  }

  /** require("Storage"): what it reads is known to E.getAddressOf by its place. */
  storage() {
    return {
      read: (name: string) => this.find(name),
      write: (name: string, data: string, _offset: number, size: number) => {
        const bytes = new Uint8Array(data.length);
        for (let i = 0; i < data.length; i++) bytes[i] = data.charCodeAt(i);
        this.put(name, bytes, size);
        return true;
      },
    };
  }

  find(name: string): FlashFile | undefined {
    for (let i = 0; i < this.files.length; i++) {
      if (this.files[i]!.name === name) return this.files[i];
    }
    return undefined;
  }

  /** A new file of `size` bytes that begins with these. Returns where. */
  put(name: string, bytes: Uint8Array, size = bytes.length): number {
    const at = this.free_at + HEADER_BYTES;
    this.free_at = at + ((size + 3) & ~3);
    if (this.free_at > STORAGE_END) throw new Error(`Storage is full: ${name}`);
    for (let i = 0; i < HEADER_BYTES; i++) this.bytes[at - HEADER_BYTES + i] = 0;
    for (let i = 0; i < bytes.length; i++) this.bytes[at + i] = bytes[i]!;
    this.files.push({ name, at, length: size });
    return at;
  }

  private spend(): void {
    if (this.wordsLeft <= 0) throw new Error(POWER_CUT);
    this.wordsLeft--;
  }

  private program(at: number, byte: number): void {
    const was = this.bytes[at]!;
    if (was !== 0xff && was !== byte) this.violations.push(`programmed again at ${at}`);
    this.bytes[at] = was & byte;
  }

  private erase(at: number): void {
    this.erases++;
    for (let i = 0; i < this.files.length; i++) {
      const file = this.files[i]!;
      const inside = at >= file.at && at + PAGE_BYTES <= file.at + file.length;
      const outside =
        at + PAGE_BYTES <= file.at - HEADER_BYTES || at >= ((file.at + file.length + 3) & ~3);
      if (outside || (inside && file.name === "tfmb.jnl")) continue;
      this.violations.push(`page ${at} erased under ${file.name}`);
    }
    for (let i = 0; i < PAGE_BYTES; i += 4) {
      this.spend();
      for (let k = 0; k < 4; k++) this.bytes[at + i + k] = 0xff;
    }
  }
}
