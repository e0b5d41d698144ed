// The profile compiler: the values of a node (a plain object, as JSON holds it) to the bytes that
// the core reads, and back.
//
// It checks what only a compiler can see: names, counts, numbers that do not fit their type.
// Whether a value makes sense the core itself judges when it loads the bytes; statusText() tells
// its answer.

import { ABI_VERSION, AREAS, LAYOUT_HASH } from "./abi.js";
import { Area, type Snapshot } from "./fields.js";
import { monotoneSlopes } from "./slopes.js";

/** 'PMFT' in memory order. */
const MAGIC = 0x54464d50;
/** The CRC covers what follows it. */
const SEALED = AREAS.profile.fields.crc.offset + 4;
const F32_MAX = 3.4028234663852886e38;

type Derived =
  | "magic"
  | "abi_version"
  | "length"
  | "layout_hash"
  | "crc"
  | "soc_count"
  | "temperature_count"
  | "polarization_count";

const HEAD: readonly Derived[] = ["magic", "abi_version", "length", "layout_hash", "crc"];
const DERIVED: readonly string[] = [
  ...HEAD,
  "soc_count",
  "temperature_count",
  "polarization_count",
];

/** Elements of a cell's polarization, in the order of the profile's tables. */
export const POLARIZATION = ["ohmic", "kinetic", "slow", "lead"] as const;

/** Logarithms over the nodes: of mV/nA of one cell, the lead's of s. */
export type PolarizationTables = Record<(typeof POLARIZATION)[number], number[]>;

/**
 * Tables over the nodes `soc`, which rise from 0 to 1; one OCV table per temperature, rising. With
 * `polarization` the gauge reads voltages under load.
 */
export interface ProfileTables {
  soc: number[];
  tau_s: number[];
  resistance_factor: number[];
  dudt_mV_K: number[];
  ocv: { temperature_degC: number; ocv_mV: number[] }[];
  polarization?: PolarizationTables;
}

/** Everything in a profile that is not derived from the rest. */
export type ProfileValues = Omit<Snapshot<"profile">, Derived> & { tables: ProfileTables };

export class ProfileError extends Error {
  override readonly name = "ProfileError";
}

/** CRC-32 of IEEE 802.3. */
export function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}

/** Writes the CRC that the bytes should carry. */
export function repairCrc(bytes: Uint8Array): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  view.setUint32(AREAS.profile.fields.crc.offset, crc32(bytes.subarray(SEALED)), true);
}

/** Fields that a profile object must have, with their types and counts. */
const INPUTS = Object.entries(AREAS.profile.fields).filter(([name]) => !DERIVED.includes(name));

function checkNumber(place: string, value: unknown, type: string): void {
  const shown = typeof value === "number" ? String(value) : JSON.stringify(value);
  const fail = (must: string) => {
    throw new ProfileError(`profile: ${place} = ${shown} must be ${must}`);
  };
  if (typeof value !== "number") return fail("a number");
  const integer = Number.isInteger(value) && value >= 0 && value <= 0xffffffff;
  if (type === "u32" && !integer) return fail("an integer 0..4294967295");
  if (!(Math.abs(value) <= F32_MAX)) return fail("a finite number");
}

function checkList(place: string, value: unknown, count: number, type: string): void {
  if (!Array.isArray(value) || value.length !== count) {
    const shown = Array.isArray(value) ? `${value.length} values` : JSON.stringify(value);
    throw new ProfileError(`profile: ${place} has ${shown ?? "no value"}, it must have ${count}`);
  }
  value.forEach((element, i) => checkNumber(`${place}[${i}]`, element, type));
}

function checkFields(values: Record<string, unknown>): void {
  const known = [...INPUTS.map(([name]) => name), "tables"];
  const stranger = Object.keys(values).find((name) => !known.includes(name));
  if (stranger !== undefined) {
    const derived = DERIVED.includes(stranger);
    const why = derived ? "is derived, not given: remove it" : "is not a field of docs/FORMAT.md";
    throw new ProfileError(`profile: ${stranger} ${why}`);
  }
  for (const [name, { type, count, unit }] of INPUTS) {
    const value = values[name];
    if (value === undefined) {
      const number = count > 1 ? `${count} numbers` : "a number";
      throw new ProfileError(`profile: ${name} is missing; give it ${number} (unit: ${unit})`);
    }
    if (count > 1) checkList(name, value, count, type);
    else checkNumber(name, value, type);
  }
}

function checkTables(tables: ProfileTables | undefined): asserts tables {
  if (tables === undefined) throw new ProfileError("profile: tables is missing");
  const count = Array.isArray(tables.soc) ? tables.soc.length : 0;
  const { minimum, maximum } = { minimum: 2, maximum: 64 };
  if (count < minimum || count > maximum) {
    const range = `${minimum}..${maximum}`;
    throw new ProfileError(`profile: tables.soc has ${count} nodes, it must have ${range}`);
  }
  for (const name of ["soc", "tau_s", "resistance_factor", "dudt_mV_K"] as const) {
    checkList(`tables.${name}`, tables[name], count, "f32");
  }
  if (!Array.isArray(tables.ocv) || tables.ocv.length < 1) {
    throw new ProfileError("profile: tables.ocv has no table, it must have at least one");
  }
  tables.ocv.forEach((table, i) => {
    checkNumber(`tables.ocv[${i}].temperature_degC`, table.temperature_degC, "f32");
    checkList(`tables.ocv[${i}].ocv_mV`, table.ocv_mV, count, "f32");
  });
  const { polarization } = tables;
  if (polarization === undefined) return;
  for (const name of POLARIZATION) {
    checkList(`tables.polarization.${name}`, polarization[name], count, "f32");
  }
}

/** All table entries in the order of docs/FORMAT.md. */
function entriesOf(tables: ProfileTables): number[] {
  const { soc, tau_s, resistance_factor, dudt_mV_K, ocv, polarization } = tables;
  const blocks = ocv.flatMap(({ temperature_degC, ocv_mV }) => [
    temperature_degC,
    ...ocv_mV,
    ...monotoneSlopes(soc, ocv_mV),
  ]);
  const curves =
    polarization === undefined ? [] : POLARIZATION.flatMap((name) => polarization[name]);
  return [...soc, ...tau_s, ...resistance_factor, ...dudt_mV_K, ...blocks, ...curves];
}

/** Bytes for `Core.loadProfile` or a flash image. Throws ProfileError with one line. */
export function compileProfile(values: ProfileValues): Uint8Array {
  checkFields(values);
  const { tables, ...fields } = values;
  checkTables(tables);
  const entries = entriesOf(tables);
  const length = AREAS.profile.size + 4 * entries.length;
  const bytes = new Uint8Array(length);
  const view = new DataView(bytes.buffer);
  new Area(view, "profile", 0).write({
    ...fields,
    magic: MAGIC,
    abi_version: ABI_VERSION,
    length,
    layout_hash: LAYOUT_HASH,
    soc_count: tables.soc.length,
    temperature_count: tables.ocv.length,
    polarization_count: tables.polarization === undefined ? 0 : POLARIZATION.length,
  });
  entries.forEach((entry, i) => view.setFloat32(AREAS.profile.size + 4 * i, entry, true));
  repairCrc(bytes);
  return bytes;
}

/** What is in compiled bytes: the head, and the values that compile to the same bytes again. */
export function describeProfile(bytes: Uint8Array): {
  head: Pick<Snapshot<"profile">, Derived>;
  values: ProfileValues;
} {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.byteLength < AREAS.profile.size) {
    const size = AREAS.profile.size;
    throw new ProfileError(`profile: ${view.byteLength} bytes, its fields alone take ${size}`);
  }
  const all = new Area(view, "profile", 0).read();
  const head = Object.fromEntries(DERIVED.map((name) => [name, all[name as Derived]]));
  const fields = Object.fromEntries(INPUTS.map(([name]) => [name, all[name as keyof typeof all]]));
  let at = AREAS.profile.size;
  const next = (count: number): number[] =>
    Array.from({ length: count }, () => {
      at += 4;
      if (at > view.byteLength) throw new ProfileError("profile: its tables are cut off");
      return view.getFloat32(at - 4, true);
    });
  const nodes = all.soc_count;
  const [soc, tau_s, resistance_factor, dudt_mV_K] = [nodes, nodes, nodes, nodes].map(next);
  const ocv = Array.from({ length: all.temperature_count }, () => {
    const [temperature_degC] = next(1);
    const ocv_mV = next(nodes);
    next(nodes);
    return { temperature_degC, ocv_mV };
  });
  const polarization = Object.fromEntries(
    POLARIZATION.slice(0, all.polarization_count).map((name) => [name, next(nodes)]),
  ) as PolarizationTables;
  const tables = {
    ...{ soc, tau_s, resistance_factor, dudt_mV_K, ocv },
    ...(all.polarization_count > 0 && { polarization }),
  } as ProfileTables;
  return {
    head: head as Pick<Snapshot<"profile">, Derived>,
    values: { ...fields, tables } as unknown as ProfileValues,
  };
}
