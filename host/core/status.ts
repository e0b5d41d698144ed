// What an export answered, in one line: the cause, the field it is about, and what to do.

import { AREAS, Status, Values } from "./abi.js";

type StatusName = keyof typeof Status;

const MEANING: Record<StatusName, string> = {
  ok: "done",
  storage: "done; a storage operation waits: execute it, then call storageDone",
  rejected: "done without the excluded values",
  no_profile: "no profile is loaded: call loadProfile first",
  profile_magic: "profile refused: it does not begin with the magic word; is this a profile?",
  profile_version: "profile refused: made for another ABI version; compile it again",
  profile_length: "profile refused: its length does not fit; was it cut?",
  profile_layout: "profile refused: made for another layout; compile it again",
  profile_crc: "profile refused: the CRC does not match; it was changed or damaged",
  profile_field: "profile refused",
  profile_table: "profile refused",
  not_booted: "the core is not running: call boot, and execute what storage asks for",
  clock_stopped: "sample refused: time_ms is the time of the last sample",
  clock_jump: "sample refused: time_ms is more than 40 days ahead, or behind",
  storage_idle: "storageDone without a waiting operation",
  argument: "an argument is out of its range",
};

const NAMES = new Map<number, StatusName>(
  (Object.keys(Status) as StatusName[]).map((name) => [Status[name], name]),
);

/** Code of a status: one of `Status`. */
export const statusCode = (status: number): number => status & 255;

/** What the code is about: bits, or a word index. */
export const statusDetail = (status: number): number => status >>> 8;

/** Name in `Status`; undefined for a code of a newer core. */
export const statusName = (status: number): StatusName | undefined => NAMES.get(statusCode(status));

/** The profile field that a word belongs to, `voltage_max_mV[1]`; undefined behind the fields. */
export function profileFieldAt(word: number): { name: string; index: number } | undefined {
  for (const [name, { offset, count }] of Object.entries(AREAS.profile.fields)) {
    const index = word - offset / 4;
    if (index >= 0 && index < count) return { name, index };
  }
  return undefined;
}

const SOC_TABLES = ["soc", "tau_s", "resistance_factor", "dudt_mV_K"];

/** The table entry that a word behind the fields belongs to, in tables of `soc_count` nodes. */
export function tableEntryAt(word: number, soc_count: number): string {
  const entry = word - AREAS.profile.size / 4;
  const shared = SOC_TABLES[Math.floor(entry / soc_count)];
  if (shared !== undefined) return `${shared}[${entry % soc_count}]`;
  const size = 1 + 2 * soc_count;
  const block = Math.floor((entry - SOC_TABLES.length * soc_count) / size);
  const inside = (entry - SOC_TABLES.length * soc_count) % size;
  if (inside === 0) return `ocv[${block}].temperature_degC`;
  const name = inside <= soc_count ? "ocv_mV" : "slope_mV";
  return `ocv[${block}].${name}[${(inside - 1) % soc_count}]`;
}

/** Names of the sample values whose bits are set. */
function valuesOf(bits: number): string {
  const single = Object.entries(Values).filter(([name]) => name !== "source");
  const sources = [0, 1, 2, 3].map((i): [string, number] => [`source ${i}`, Values.source << i]);
  const set = [...single, ...sources].filter(([, bit]) => (bits & bit) !== 0);
  return set.map(([name]) => name).join(", ");
}

/** What the status is about, as far as the bytes of the profile tell. */
function subject(status: number, profile: DataView | undefined): string {
  const detail = statusDetail(status);
  const code = statusCode(status);
  if (code === Status.rejected) return `: ${valuesOf(detail)}`;
  const at = 4 * detail;
  const inside = profile !== undefined && at + 4 <= profile.byteLength;
  if (code === Status.profile_field) {
    const field = profileFieldAt(detail);
    if (field === undefined) return `: word ${detail} is out of its range`;
    const spec = AREAS.profile.fields[field.name as keyof typeof AREAS.profile.fields];
    const name = spec.count > 1 ? `${field.name}[${field.index}]` : field.name;
    const unit = /^[-1]$/.test(spec.unit) ? "" : ` ${spec.unit}`;
    const wide = spec.type === "f32" ? profile?.getFloat32(at, true) : profile?.getUint32(at, true);
    const shown = inside ? ` = ${Number(wide?.toPrecision(7))}${unit}` : "";
    return `: ${name}${shown} is out of its range or against its neighbours`;
  }
  if (code !== Status.profile_table) return "";
  const nodes = AREAS.profile.fields.soc_count.offset;
  const soc_count = inside ? profile.getUint32(nodes, true) : 0;
  const name = soc_count > 0 ? tableEntryAt(detail, soc_count) : `word ${detail}`;
  const shown = inside ? ` = ${Number(profile.getFloat32(at, true).toPrecision(7))}` : "";
  return `: table entry ${name}${shown} is not finite, ordered and monotone`;
}

/** One line for any status. With the bytes of the profile it also tells the value refused. */
export function statusText(status: number, profile?: DataView): string {
  const name = statusName(status);
  if (name === undefined) return `unknown status ${statusCode(status)}: a newer core?`;
  return `${name}: ${MEANING[name]}${subject(status, profile)}`;
}
