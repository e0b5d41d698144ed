// Fields of a core's memory by name: read and written with the types and places of abi.ts.
//
// A field is resolved once, to an object that knows its address; after that a read or a write is
// one access of a DataView and allocates nothing.

import { AREAS } from "./abi.js";

type Areas = typeof AREAS;
export type AreaName = keyof Areas;
export type FieldName<A extends AreaName> = keyof Areas[A]["fields"] & string;

type Spec<A extends AreaName, N extends FieldName<A>> = Areas[A]["fields"][N];
type TypeOf<S> = S extends { type: infer T } ? T : never;
type CountOf<S> = S extends { count: infer C } ? C : never;

/** One element of a field: bigint for i64, else number. */
export type Scalar<A extends AreaName, N extends FieldName<A>> =
  TypeOf<Spec<A, N>> extends "i64" ? bigint : number;

/** A whole field: an array where the table says NAME[n]. */
export type Value<A extends AreaName, N extends FieldName<A>> =
  CountOf<Spec<A, N>> extends 1 ? Scalar<A, N> : Scalar<A, N>[];

/** A copy of an area as a plain object. */
export type Snapshot<A extends AreaName> = { [N in FieldName<A>]: Value<A, N> };

/** A resolved field. Integers are stored modulo their width, as a DataView does. */
export abstract class Field<T extends number | bigint = number | bigint> {
  constructor(
    readonly name: string,
    protected readonly view: DataView,
    protected readonly at: number,
    readonly count: number,
  ) {}

  abstract get(index?: number): T;
  abstract set(value: T, index?: number): void;

  /** The element as the nearest number, whatever its type. */
  number(index = 0): number {
    return Number(this.get(index));
  }

  protected check(index: number): void {
    if (index >= 0 && index < this.count) return;
    throw new RangeError(`${this.name}[${index}]: the index must be 0..${this.count - 1}`);
  }
}

class F32 extends Field<number> {
  get(index = 0): number {
    this.check(index);
    return this.view.getFloat32(this.at + 4 * index, true);
  }
  set(value: number, index = 0): void {
    this.check(index);
    this.view.setFloat32(this.at + 4 * index, value, true);
  }
}

class U32 extends Field<number> {
  get(index = 0): number {
    this.check(index);
    return this.view.getUint32(this.at + 4 * index, true);
  }
  set(value: number, index = 0): void {
    this.check(index);
    this.view.setUint32(this.at + 4 * index, value, true);
  }
}

class I32 extends Field<number> {
  get(index = 0): number {
    this.check(index);
    return this.view.getInt32(this.at + 4 * index, true);
  }
  set(value: number, index = 0): void {
    this.check(index);
    this.view.setInt32(this.at + 4 * index, value, true);
  }
}

class U16 extends Field<number> {
  get(index = 0): number {
    this.check(index);
    return this.view.getUint16(this.at + 2 * index, true);
  }
  set(value: number, index = 0): void {
    this.check(index);
    this.view.setUint16(this.at + 2 * index, value, true);
  }
}

class U8 extends Field<number> {
  get(index = 0): number {
    this.check(index);
    return this.view.getUint8(this.at + index);
  }
  set(value: number, index = 0): void {
    this.check(index);
    this.view.setUint8(this.at + index, value);
  }
}

class I64 extends Field<bigint> {
  get(index = 0): bigint {
    this.check(index);
    return this.view.getBigInt64(this.at + 8 * index, true);
  }
  set(value: bigint, index = 0): void {
    this.check(index);
    this.view.setBigInt64(this.at + 8 * index, value, true);
  }
  /** Without a bigint between: two halves, one rounding. */
  override number(index = 0): number {
    this.check(index);
    const at = this.at + 8 * index;
    return this.view.getInt32(at + 4, true) * 4294967296 + this.view.getUint32(at, true);
  }
}

const TYPES = { f32: F32, u32: U32, i32: I32, u16: U16, u8: U8, i64: I64 };

/** A row of the layout table. */
export interface FieldSpec {
  type: keyof typeof TYPES;
  offset: number;
  count: number;
  unit: string;
}

/** One area of a core's memory. */
export class Area<A extends AreaName> {
  /** Names in the order of the table. */
  readonly names: readonly FieldName<A>[];
  readonly #fields = Object.create(null) as Record<FieldName<A>, Field>;

  /** `at` is for the profile, whose place is no constant. */
  constructor(view: DataView, area: A, at: number = AREAS[area].at) {
    const entries = Object.entries(AREAS[area].fields) as [FieldName<A>, FieldSpec][];
    this.names = entries.map(([name]) => name);
    for (const [name, { type, offset, count }] of entries) {
      this.#fields[name] = new TYPES[type](name, view, at + offset, count);
    }
  }

  /** The field itself, for a place that uses it often. */
  field<N extends FieldName<A>>(name: N): Field<Scalar<A, N>> {
    const found = this.#fields[name] as Field<Scalar<A, N>> | undefined;
    if (found === undefined) throw new RangeError(`${name} is no field; see docs/FORMAT.md`);
    return found;
  }

  get<N extends FieldName<A>>(name: N, index = 0): Scalar<A, N> {
    return this.field(name).get(index);
  }

  /** As the nearest number: what a bigint is too exact for. */
  number(name: FieldName<A>, index = 0): number {
    return this.field(name).number(index);
  }

  set<N extends FieldName<A>>(name: N, value: Scalar<A, N>, index = 0): void {
    this.field(name).set(value, index);
  }

  /** All elements of a field. */
  list<N extends FieldName<A>>(name: N): Scalar<A, N>[] {
    const field = this.field(name);
    const elements: Scalar<A, N>[] = [];
    for (let index = 0; index < field.count; index++) elements.push(field.get(index));
    return elements;
  }

  /** A copy of everything. */
  read(): Snapshot<A> {
    const copy: Partial<Record<FieldName<A>, unknown>> = {};
    for (const name of this.names) {
      const field = this.#fields[name];
      copy[name] = field.count === 1 ? field.get() : this.list(name);
    }
    return copy as Snapshot<A>;
  }

  /** Writes what is given and leaves the rest; a shorter array leaves the elements behind it. */
  write(values: Partial<Snapshot<A>>): void {
    for (const name of Object.keys(values) as FieldName<A>[]) {
      const value = values[name];
      if (value === undefined) continue;
      const elements = (Array.isArray(value) ? value : [value]) as Scalar<A, typeof name>[];
      const field = this.field(name);
      elements.forEach((element, index) => field.set(element, index));
    }
  }
}
