// The state of an emulated chip when power comes on, to go back to: every field of every object
// that is reached from it. A new chip would do as well, but costs more than the life of one.

/** Longer arrays are memories, which are not lost, or are spoilt on purpose. */
const MEMORY_BYTES = 16384;

type Fields = Record<string, unknown>;

export class PowerOnState {
  readonly #fields = new Map<object, Fields>();
  readonly #arrays = new Map<Uint8Array, Uint8Array>();

  constructor(chip: object) {
    this.#keep(chip);
  }

  restore(): void {
    for (const [object, fields] of this.#fields) Object.assign(object, fields);
    for (const [array, bytes] of this.#arrays) array.set(bytes);
  }

  #keep(value: unknown): void {
    if (typeof value !== "object" || value === null || this.#fields.has(value)) return;
    if (ArrayBuffer.isView(value)) return this.#keepBytes(value);
    const fields = { ...value } as Fields;
    this.#fields.set(value, fields);
    Object.values(fields).forEach((field) => this.#keep(field));
  }

  #keepBytes({ buffer, byteOffset, byteLength }: ArrayBufferView): void {
    if (buffer.byteLength >= MEMORY_BYTES) return;
    const bytes = new Uint8Array(buffer, byteOffset, byteLength);
    this.#arrays.set(bytes, bytes.slice());
  }
}
