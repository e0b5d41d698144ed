// Several records as one life of one cell: a file goes on where the one before it ended, after a
// rest of a stated length; `FILE#charge` and `FILE#discharge` take one branch of a file, from the
// SOC on where the life stands.

import { alongBranches, fullVoltage_mV, type Branch, type Known } from "./branches.js";
import { RecordError } from "./record_error.js";
import { referenceOf, type CellRecord } from "./record.js";

/** A file of the command line. */
export interface Part {
  record: CellRecord;
  /** The longest branch of this sort; undefined: all of the file. */
  only: "charge" | "discharge" | undefined;
}

export interface JoinOptions {
  capacity_nAh: number;
  /** SOC where the first file's counter stands at 0. */
  soc_at_zero: number;
  /** Rest between two files. */
  pause_s: number;
}

/** A file begins full at rest this near to where charges end; under a slow load, from full on. */
const FULL_MV = 50;
const FULL_LOADED_MV = 150;
/** The life and a file may differ so much in SOC where they meet. */
const MEETS = 0.03;
/** A counter this near to 0 at the first row of a full cell began there. */
const COUNTED = 0.01;

const percent = (soc: number) => `${(100 * soc).toFixed(1)} %`;

/** `FILE` or `FILE#charge`. */
export function namedPart(word: string): { file: string; only: Part["only"] } {
  const [, file, only] = /^(.*)#(charge|discharge)$/.exec(word) ?? [];
  return file === undefined
    ? { file: word, only: undefined }
    : { file, only: only as Part["only"] };
}

/** SOC at the first row of a file that follows a life which stands at `now`. */
function startOf({ record, only }: Part, now: number, full_mV: number, capacity_nAh: number) {
  const below_mV = full_mV - record.voltage_mV[0]!;
  const full = below_mV < (only !== undefined || now > 1 - MEETS ? FULL_LOADED_MV : FULL_MV);
  const first = (record.counter_nAh?.[0] ?? 0) / capacity_nAh;
  if (full) return Math.abs(first) < COUNTED ? 1 + first : 1;
  // a file of which one branch is taken may begin anywhere: by its counter, empty where that is 0
  return only === undefined ? now : only === "charge" ? 0 : 1;
}

/** Rows of a branch from the SOC on where the life stands, if it began. Throws RecordError. */
function cutTo(known: Known, only: "charge" | "discharge", now: number | undefined): Known {
  const { record, soc, branches } = known;
  const sort = branches.filter(({ charging }) => charging === (only === "charge"));
  const branch = sort.reduce<Branch | undefined>(
    (most, each) => (each.charge_nAh > (most?.charge_nAh ?? 0) ? each : most),
    undefined,
  );
  if (branch === undefined) throw new RecordError(`${record.file}: has no ${only}; name the file`);
  const way = branch.charging ? 1 : -1;
  let first = branch.first;
  while (now !== undefined && first < branch.last && way * (soc[first]! - now) < 0) first++;
  if (now !== undefined && (first === branch.last || Math.abs(soc[first]! - now) > MEETS)) {
    throw new RecordError(
      `${record.file}: its ${only} is from ${percent(branch.from_soc)} to ` +
        `${percent(branch.to_soc)} SOC, the life before it ends at ${percent(now)}; ` +
        "name files in the order in which they follow each other",
    );
  }
  const slice = (column: Float64Array) => column.slice(first, branch.last + 1);
  const share = (branch.to_soc - soc[first]!) / (branch.to_soc - branch.from_soc);
  const kept: Branch = {
    ...{ ...branch, first: 0, last: branch.last - first },
    ...{ from_soc: soc[first]!, charge_nAh: share * branch.charge_nAh },
  };
  return { record: eachColumn(record, slice), soc: slice(soc), branches: [kept] };
}

/** A record with its columns changed alike. */
function eachColumn(record: CellRecord, change: (column: Float64Array) => Float64Array) {
  const entries = Object.entries(record).map(([name, value]: [string, unknown]) => [
    name,
    value instanceof Float64Array ? change(value) : value,
  ]);
  return Object.fromEntries(entries) as CellRecord;
}

/** One after another; a column that one of them lacks is gone. */
function appended(life: Known, next: Known, pause_s: number): Known {
  const rows = life.soc.length;
  const end_s = life.record.t_s.at(-1)!;
  const first_s = next.record.t_s[0]!;
  const both = (a: Float64Array, b: Float64Array) => Float64Array.from([...a, ...b]);
  const column = (name: "temperature_degC" | "counter_nAh") => {
    const [a, b] = [life.record[name], next.record[name]];
    return a && b && both(a, b);
  };
  const record: CellRecord = {
    file: `${life.record.file}, ${next.record.file}`,
    t_s: both(
      life.record.t_s,
      next.record.t_s.map((t_s) => end_s + pause_s + t_s - first_s),
    ),
    voltage_mV: both(life.record.voltage_mV, next.record.voltage_mV),
    current_nA: both(life.record.current_nA, next.record.current_nA),
    temperature_degC: column("temperature_degC"),
    counter_nAh: column("counter_nAh"),
    soc: undefined,
    warnings: [...life.record.warnings, ...next.record.warnings],
    begins: [...life.record.begins, rows],
  };
  const moved = next.branches.map((branch) => {
    return { ...branch, first: branch.first + rows, last: branch.last + rows };
  });
  return { record, soc: both(life.soc, next.soc), branches: [...life.branches, ...moved] };
}

/** The life, its true SOC and its branches. Throws RecordError where files do not follow. */
export function joined(parts: readonly Part[], options: JoinOptions): Known {
  const { capacity_nAh, soc_at_zero, pause_s } = options;
  const alone = parts.length === 1 && parts[0]!.only === undefined ? parts[0]!.record : undefined;
  if (alone !== undefined && (alone.soc !== undefined || alone.counter_nAh === undefined)) {
    return { record: alone, soc: referenceOf(alone, options), branches: [] };
  }
  const full_mV = fullVoltage_mV(
    parts.map(({ record }) => record),
    capacity_nAh,
  );
  return parts.reduce<Known | undefined>((life, part) => {
    const { record, only } = part;
    const first = soc_at_zero + (record.counter_nAh?.[0] ?? 0) / capacity_nAh;
    const now = life?.soc.at(-1);
    const start = now === undefined ? first : startOf(part, now, full_mV, capacity_nAh);
    const known = alongBranches(record, start, capacity_nAh, full_mV);
    const next = only === undefined ? known : cutTo(known, only, now);
    if (life === undefined || now === undefined) return next;
    if (Math.abs(next.soc[0]! - now) > MEETS) {
      throw new RecordError(
        `${record.file}: begins at ${percent(next.soc[0]!)} SOC, the life before it ends at ` +
          `${percent(now)}; name what lies between them, as a branch of a file: SLOW.csv#charge`,
      );
    }
    return appended(life, next, pause_s);
  }, undefined)!;
}
