// Profile values to bytes.

import { ABI_VERSION, AREAS, LAYOUT_HASH } from "../../host/core/abi.js";

export type ProfileValues = Record<string, unknown> & {
  tables: {
    soc: number[];
    tau_s: number[];
    resistance_factor: number[];
    dudt_mV_K: number[];
    blocks: { temperature_degC: number; ocv_mV: number[] }[];
  };
};
export function slopes(x: number[], y: number[]): number[] {
  const n = x.length;
  const secants = x.slice(1).map((_, i) => (y[i + 1]! - y[i]!) / (x[i + 1]! - x[i]!));
  return x.map((_, i) => {
    if (i === 0) return secants[0]!;
    if (i === n - 1) return secants[n - 2]!;
    const a = secants[i - 1]!,
      b = secants[i]!;
    return Math.min((2 * a * b) / (a + b), 3 * a, 3 * b);
  });
}
export function encodeProfile(values: ProfileValues): Uint8Array {
  const { tables } = values;
  const n = tables.soc.length;
  const list = [...tables.soc, ...tables.tau_s, ...tables.resistance_factor, ...tables.dudt_mV_K];
  for (const block of tables.blocks)
    list.push(block.temperature_degC, ...block.ocv_mV, ...slopes(tables.soc, block.ocv_mV));
  const size = AREAS.profile.size + 4 * list.length;
  const view = new DataView(new ArrayBuffer(size));
  const all: Record<string, unknown> = {
    ...values,
    magic: 0x54464d50,
    abi_version: ABI_VERSION,
    length: size,
    layout_hash: LAYOUT_HASH,
    crc: 0,
    soc_count: n,
    temperature_count: tables.blocks.length,
  };
  for (const [name, field] of Object.entries(AREAS.profile.fields)) {
    for (let i = 0; i < field.count; i++) {
      const value = field.count > 1 ? (all[name] as number[])[i]! : (all[name] as number);
      if (value === undefined) throw new Error(name);
      if ((field.type as string) === "f32") view.setFloat32(field.offset + 4 * i, value, true);
      else view.setUint32(field.offset + 4 * i, value >>> 0, true);
    }
  }
  list.forEach((v, i) => view.setFloat32(AREAS.profile.size + 4 * i, v, true));
  const bytes = new Uint8Array(view.buffer);
  view.setUint32(AREAS.profile.fields.crc.offset, crc(bytes.subarray(20)), true);
  return bytes;
}
function crc(bytes: Uint8Array): number {
  let c = 0xffffffff;
  for (const b of bytes) {
    c ^= b;
    for (let k = 0; k < 8; k++) c = (c >>> 1) ^ (c & 1 ? 0xedb88320 : 0);
  }
  return ~c >>> 0;
}
