// What a hostile run feeds the core: any bit pattern in any place, with plausible values often
// enough that the core gets somewhere.

import { AREAS, Values } from "../../host/core/abi.js";
import { type Random } from "../../tools/vectors/random.js";
import { areaOf, rangeOf, readTable } from "../../tools/abi/table.js";
import { type NodeUnderTest } from "./node_under_test.js";
import { ALL_VALUES, profileBytes, sealProfile, tables } from "./profile_under_test.js";

/** f32 bit patterns at the edges of every conversion and comparison. */
const EDGES = [
  0x00000000, 0x80000000, 0x00000001, 0x80000001, 0x007fffff, 0x00800000, 0x3f7fffff, 0x3f800000,
  0xbf800000, 0x4effffff, 0x4f000000, 0xcf000001, 0x4f7fffff, 0x4f800000, 0x5f000000, 0xdf000000,
  0x7f7fffff, 0xff7fffff, 0x7f800000, 0xff800000, 0x7fc00000, 0xffc00000, 0x7f800001, 0x41200000,
];
const DAY_MS = 86400000;
const INTERVALS_MS = [0, 1, 999, 1000, 3600000, DAY_MS, 40 * DAY_MS, 40 * DAY_MS + 1, -1, -3600000];

const [block] = tables.blocks;
const blockAt = (temperature_degC: number) => ({
  temperature_degC,
  ocv_mV: block!.ocv_mV.map((ocv_mV, i) => {
    return ocv_mV + (temperature_degC - 25) * tables.dudt_mV_K[i]!;
  }),
});

/** Profiles that every core accepts: the nodes that hostile runs begin with. */
const PROFILES = [
  profileBytes(),
  profileBytes({ storage_kind: 1, gate_sigma: 100, leak_sigma_nA: 1e5 }),
  profileBytes({
    series: 2,
    parallel: 2,
    capacity_spread: 0.1,
    storage_kind: 2,
    tables: { ...tables, blocks: [blockAt(-10), blockAt(25), blockAt(50)] },
  }),
  profileBytes({ observables: Values.voltage, actuators: 0, float_strap_mV: 4280 }),
  profileBytes({ hypotheses: 9, adc_gain_sigma: 0.02, hysteresis_mV: 5, storage_kind: 1 }),
  profileBytes({ hypotheses: 5, observables: Values.voltage | Values.harvest }),
  profileBytes({
    observables: ALL_VALUES,
    polarization_kK: [0.5, 4, 3, 3.3],
    kinetic_mV: 60,
    slow_tau_s: 20,
    lead_tau_s: 140,
    self_heating_K_W: 2e4,
    tables: {
      ...tables,
      polarization: [-6.7, -6.9, -7.4, 4].map((ln) => tables.soc.map(() => ln)),
    },
  }),
  profileBytes({ capacity_nAh: 5, resistance_ohm: 80000, storage_kind: 1, record_share: 0.001 }),
];

type ProfileField = keyof typeof AREAS.profile.fields;

/** The fields of a profile that have a range. */
const RANGES = areaOf(readTable(), "profile").fields.flatMap((field) => {
  const range = rangeOf(field);
  return range === undefined ? [] : [{ ...field, low: range[0], high: range[1] }];
});
/** They follow from the tables behind the fields. */
const KEPT = new Set(["soc_count", "temperature_count", "polarization_count"]);
const placeOf = (name: ProfileField, i = 0) => AREAS.profile.fields[name].offset + 4 * i;
const between = (low: ProfileField, high: ProfileField) => [
  ...[2, 1, 0].map((level) => placeOf(low, level)),
  ...[0, 1, 2].map((level) => placeOf(high, level)),
];
/** Fields whose values must not fall in this order. */
const ORDERED: ["f32" | "u32", number[]][] = [
  ["f32", between("voltage_min_mV", "voltage_max_mV")],
  ["f32", between("temperature_min_degC", "temperature_max_degC")],
  ["f32", [placeOf("survival_soc"), placeOf("reserve_soc")]],
  ["u32", [placeOf("sleep_min_ms"), placeOf("sleep_max_ms")]],
];

/** Any u32: an edge, a small number, one bit, or noise. */
export function anyWord(random: Random): number {
  const kind = random.below(4);
  if (kind === 0) return random.pick(EDGES);
  if (kind === 1) return random.below(300);
  if (kind === 2) return (1 << random.below(32)) >>> 0;
  return random.word();
}

/** A profile with every field anywhere in its range, as often near the ends as in the middle. */
function anyFields(random: Random): Uint8Array {
  const bytes = random.pick(PROFILES).slice();
  const view = new DataView(bytes.buffer);
  for (const { name, offset, count, type, low, high } of RANGES) {
    if (KEPT.has(name)) continue;
    for (let i = 0; i < count; i++) {
      const least = Math.max(low, high * 1e-9);
      const value = random.pick([
        low,
        high,
        random.between(low, high),
        random.decades(least, high),
      ]);
      if (type === "f32") view.setFloat32(offset + 4 * i, value, true);
      else view.setUint32(offset + 4 * i, Math.floor(value), true);
    }
  }
  for (const [type, places] of ORDERED) {
    const get = (at: number) =>
      type === "f32" ? view.getFloat32(at, true) : view.getUint32(at, true);
    const sorted = places.map(get).sort((a, b) => a - b);
    for (const [i, at] of places.entries()) {
      if (type === "f32") view.setFloat32(at, sorted[i]!, true);
      else view.setUint32(at, sorted[i]!, true);
    }
  }
  return sealProfile(bytes);
}

/** A profile, mostly sound; else a word changed, under a right or a wrong CRC, or cut short. */
export function anyProfile(random: Random): Uint8Array {
  const kind = random.below(10);
  if (kind === 0) return anyFields(random);
  const bytes = random.pick(PROFILES).slice();
  if (kind < 5) return bytes;
  const view = new DataView(bytes.buffer);
  for (let i = random.chance(0.8) ? 1 : 3; i > 0; i--) {
    const at = 4 * random.below(bytes.length / 4);
    const flipped = view.getUint32(at, true) ^ (1 << random.below(32));
    view.setUint32(at, random.chance(0.4) ? flipped : anyWord(random), true);
  }
  if (random.chance(0.8)) sealProfile(bytes);
  return random.chance(0.05) ? bytes.subarray(0, random.below(bytes.length)) : bytes;
}

/** Fields of the sample that hold f32: offset and a usual range. */
const USUAL: [keyof typeof AREAS.sample.fields, number, number][] = [
  ["voltage_mV", 2900, 4400],
  ["voltage_loaded_mV", 2700, 4300],
  ["pulse_drain_nA", 1, 1e5],
  ["temperature_degC", -40, 90],
  ["harvest_mean_nA", 0, 1e5],
  ["harvest_now_nA", 0, 1e5],
  ["probe_nA", 0, 1e5],
  ["current_nA", -1e5, 1e5],
];

/** Writes a sample; each value is usual or, as often as `wild` says, anything. */
export function writeSample(node: NodeUnderTest, random: Random, wild: number): void {
  const { at, fields } = AREAS.sample;
  const { view } = node;
  const dt_ms = random.chance(0.8) ? 1 + random.below(3600000) : random.pick(INTERVALS_MS);
  const time_ms = random.chance(0.95) ? node.get("vital", "time_ms") + dt_ms : random.word();
  view.setUint32(at + fields.time_ms.offset, time_ms >>> 0, true);
  const valid = random.chance(0.7) ? 0x4fff & ~(1 << random.below(15)) : random.word();
  view.setUint32(at + fields.valid.offset, valid, true);
  view.setUint32(at + fields.pmic_flags.offset, random.word() >>> random.below(32), true);
  view.setUint32(at + fields.active_ms.offset, random.word() >>> random.below(32), true);
  for (const [name, low, high] of USUAL) {
    const offset = at + fields[name].offset;
    if (random.chance(wild)) view.setUint32(offset, anyWord(random), true);
    else view.setFloat32(offset, random.between(low, high), true);
  }
  for (let i = 0; i < 4; i++) {
    const source = at + fields.source_mV.offset + 4 * i;
    if (random.chance(wild)) view.setUint32(source, anyWord(random), true);
    else view.setFloat32(source, random.between(0, 3000), true);
    const count = random.chance(wild) ? random.word() : random.below(4);
    view.setUint16(at + fields.events.offset + 2 * i, count & 0xffff, true);
  }
  const shift = random.below(64);
  const charge_pC = BigInt.asIntN(64, (BigInt(random.word()) << 32n) | BigInt(random.word()));
  view.setBigInt64(at + fields.charge_pC.offset, charge_pC >> BigInt(shift), true);
}

/** What a read of the journal brings: what was written, whole or torn, emptiness or noise. */
export function readBack(written: Uint8Array | undefined, size: number, random: Random) {
  const bytes = written?.slice() ?? new Uint8Array(size).fill(0xff);
  const kind = random.below(6);
  if (kind === 0) bytes.fill(0xff);
  if (kind === 1) for (let i = 0; i < size; i++) bytes[i] = random.word();
  if (kind === 2) bytes[random.below(size)]! ^= 1 << random.below(8);
  if (kind === 3) bytes.fill(random.word(), random.below(size));
  return bytes;
}

/** Changes a bit of retained RAM. */
export function flipRetained(node: NodeUnderTest, random: Random): void {
  const { at, size } = AREAS.vital;
  const place = at + random.below(size);
  node.view.setUint8(place, node.view.getUint8(place) ^ (1 << random.below(8)));
}
