// A node for the property tests: an instance of the core with a profile, its areas read and written
// by the offsets of the layout table. Deliberately not the host's own wrapper: these tests look at
// the core alone.

import { readFileSync } from "node:fs";
import { type CoreExports, Reason, Status } from "../../host/core/abi.js";
import {
  type AreaName,
  type FieldName,
  type Layout,
  WIDTHS,
  doubleLayout,
  shippedLayout,
} from "./layout.js";
import { type ProfileValues, profileBytes } from "./profile_under_test.js";

export type Build = "core.wasm" | "core.debug.wasm" | "core.f64.wasm";

type SampleValue = number | bigint | number[];
/** Fields of the sample; `dt_ms` advances the clock instead of setting it. */
export type SampleValues = Partial<Record<FieldName<"sample">, SampleValue>> & { dt_ms?: number };

const modules = new Map<Build, WebAssembly.Module>();

function compiled(build: Build): WebAssembly.Module {
  let module = modules.get(build);
  if (module === undefined) {
    const path = new URL(`../../build/${build}`, import.meta.url);
    module = new WebAssembly.Module(new Uint8Array(readFileSync(path)));
    modules.set(build, module);
  }
  return module;
}

export class NodeUnderTest {
  readonly core: CoreExports;
  readonly layout: Layout;
  readonly view: DataView;

  /** An instance without a profile. */
  constructor(build: Build = "core.debug.wasm") {
    const instance = new WebAssembly.Instance(compiled(build));
    this.core = instance.exports as unknown as CoreExports;
    this.layout = build === "core.f64.wasm" ? doubleLayout() : shippedLayout;
    this.view = new DataView(this.core.memory.buffer);
  }

  /** A node that runs: profile loaded, started cold with an empty journal or none. */
  static running(changes: Partial<ProfileValues> = {}, build?: Build): NodeUnderTest {
    const node = new NodeUnderTest(build);
    node.load(profileBytes(changes));
    let status = node.core.boot(Reason.cold, 0, 0);
    while (status === Status.storage) status = node.core.storage_done(1);
    if (status !== Status.ok) throw new Error(`boot answered ${status}`);
    return node;
  }

  /** Loads profile bytes that must be accepted. */
  load(bytes: Uint8Array): void {
    const status = this.offer(bytes);
    if (status !== Status.ok) {
      throw new Error(`profile refused with status ${status & 255}, detail ${status >>> 8}`);
    }
  }

  /** Loads profile bytes and returns the status. */
  offer(bytes: Uint8Array): number {
    new Uint8Array(this.core.memory.buffer).set(bytes, this.core.profile_at());
    return this.core.load_profile(bytes.length);
  }

  get<A extends AreaName>(area: A, field: FieldName<A>, index = 0): number {
    return Number(this.read(area, field, index));
  }

  wide<A extends AreaName>(area: A, field: FieldName<A>, index = 0): bigint {
    return BigInt(this.read(area, field, index));
  }

  /** All elements of a field. */
  list<A extends AreaName>(area: A, field: FieldName<A>): number[] {
    const { count } = this.layout[area].fields[field]!;
    return Array.from({ length: count }, (_, i) => this.get(area, field, i));
  }

  private read(area: AreaName, field: string, index: number): number | bigint {
    const { type, offset } = this.layout[area].fields[field]!;
    const at = this.layout[area].at + offset + index * WIDTHS[type];
    switch (type) {
      case "u8":
        return this.view.getUint8(at);
      case "u16":
        return this.view.getUint16(at, true);
      case "u32":
        return this.view.getUint32(at, true);
      case "i32":
        return this.view.getInt32(at, true);
      case "i64":
        return this.view.getBigInt64(at, true);
      case "f32":
        return this.view.getFloat32(at, true);
      case "f64":
        return this.view.getFloat64(at, true);
    }
  }

  set<A extends AreaName>(
    area: A,
    field: FieldName<A>,
    value: number | bigint | number[],
    index = 0,
  ): void {
    if (Array.isArray(value)) {
      for (const [i, element] of value.entries()) this.set(area, field, element, i);
      return;
    }
    const { type, offset } = this.layout[area].fields[field]!;
    const at = this.layout[area].at + offset + index * WIDTHS[type];
    if (type === "f32") this.view.setFloat32(at, Number(value), true);
    else if (type === "f64") this.view.setFloat64(at, Number(value), true);
    else if (type === "i64") this.view.setBigInt64(at, BigInt(value), true);
    else if (type === "u16") this.view.setUint16(at, Number(value), true);
    else if (type === "u8") this.view.setUint8(at, Number(value));
    else this.view.setUint32(at, Number(value) >>> 0, true);
  }

  /** A copy of an area's bytes. */
  bytes(area: AreaName): Uint8Array {
    const { at, size } = this.layout[area];
    return new Uint8Array(this.core.memory.buffer.slice(at, at + size));
  }

  /** One sample, `dt_ms` later than the last accepted one unless `time_ms` is given. */
  step({ dt_ms = 1000, ...values }: SampleValues = {}): number {
    this.set("sample", "time_ms", this.get("vital", "time_ms") + dt_ms);
    for (const [field, value] of Object.entries(values)) {
      this.set("sample", field as FieldName<"sample">, value);
    }
    return this.core.step();
  }

  /** Forgets what the last sample held. */
  clearSample(): void {
    const { at, size } = this.layout.sample;
    new Uint8Array(this.core.memory.buffer, at, size).fill(0);
  }

  /** The sum of all books: what the charge must be. */
  booked_pC(): bigint {
    let sum = 0n;
    for (let path = 0; path < 8; path++) sum += this.wide("warm", "book_pC", path);
    return sum;
  }
}
