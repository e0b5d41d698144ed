// What a column of a laboratory file is, and in which unit, from its heading alone: names and units
// as the plain CSV of data sets and the text exports of Maccor, Neware, Arbin and BioLogic have
// them. A heading carries its unit behind a bracket, a slash or an underscore, or in its name.

/** What a column may hold; the counters are of charge. */
export const COLUMN_KINDS = [
  "time",
  "voltage",
  "current",
  "temperature",
  "counter",
  "charged",
  "discharged",
  "state",
  "soc",
] as const;

export type ColumnKind = (typeof COLUMN_KINDS)[number];

export interface Heading {
  kind: ColumnKind;
  /** Times this, plus `offset`: s, mV, nA, degC, nAh or a fraction. */
  scale: number;
  offset: number;
  /** Whether the heading says a unit; else that of its kind is taken. */
  united: boolean;
}

const CHARGE = { ah: 1e9, mah: 1e6, uah: 1e3, nah: 1, ahr: 1e9, amphr: 1e9 };

/** Units by kind, letters only and small; the first is taken where a heading says none. */
const UNITS: Record<ColumnKind, Record<string, number>> = {
  time: { s: 1, sec: 1, secs: 1, second: 1, seconds: 1, ms: 1e-3, min: 60, h: 3600, hr: 3600 },
  voltage: { v: 1e3, volt: 1e3, volts: 1e3, mv: 1, uv: 1e-3 },
  current: { a: 1e9, amp: 1e9, amps: 1e9, ma: 1e6, ua: 1e3, na: 1 },
  temperature: { degc: 1, c: 1, celsius: 1, oc: 1, k: 1 },
  counter: CHARGE,
  charged: CHARGE,
  discharged: CHARGE,
  state: { "": 1 },
  soc: { "1": 1, pct: 0.01 },
};

/** Units as people write them, for what a wrong one is told. */
export const UNITS_SHOWN: Record<ColumnKind, string> = {
  time: "s, ms, min, h",
  voltage: "V, mV, uV",
  current: "A, mA, uA, nA",
  temperature: "degC, K",
  counter: "Ah, mAh, uAh, nAh",
  charged: "Ah, mAh, uAh, nAh",
  discharged: "Ah, mAh, uAh, nAh",
  state: "none",
  soc: "1, %",
};

/** Names by kind, letters and digits only and small, the better one first. */
const NAMES: Record<ColumnKind, readonly string[]> = {
  time: ["testtime", "totaltime", "runtime", "elapsedtime", "time", "test", "t"],
  voltage: ["voltage", "volts", "ewe", "ecell", "potential", "cellvoltage", "v", "u"],
  current: ["current", "amps", "i", "cur"],
  temperature: [
    ...["celltemperature", "temperaturecell", "temperature", "temperature1", "auxtemperature1"],
    ...["auxtemp1", "temp1", "temp", "t1", "avgt", "t"],
  ],
  counter: ["qqo", "ah", "capacity", "charge", "amphr", "q"],
  charged: ["chargecapacity", "capacitancechg", "chgcap", "chargeah", "qcharge"],
  discharged: ["dischargecapacity", "capacitancedchg", "dchgcap", "dischargeah", "qdischarge"],
  state: ["state", "steptype", "status", "md"],
  soc: ["soc", "stateofcharge"],
};

/** A bare letter is only taken with a unit: `t_s` and `T_degC` differ in nothing else. */
const BARE = /^[a-z]$/;
const KELVIN = -273.15;

const letters = (text: string) =>
  text
    .toLowerCase()
    .replaceAll(/[µμ]/g, "u")
    .replaceAll("℃", "degc")
    .replaceAll("°", "deg")
    .replaceAll("%", "pct")
    .replaceAll(/[^a-z0-9]/g, "");

/** Name and unit of a heading; the unit is empty where it says none. */
function partsOf(heading: string): [name: string, unit: string] {
  const bare = heading.trim().replaceAll('"', "");
  // a channel's number may stand behind the unit: `Aux_Temperature(C)_1`
  const numbered = /^(.+?)\s*\(([^)]*)\)_(\d+)$/.exec(bare);
  if (numbered !== null) return [letters(numbered[1]! + numbered[3]!), letters(numbered[2]!)];
  const found =
    /^(.+?)\s*[[(]\s*([^\])]*)\s*[\])]$/.exec(bare) ??
    /^(.+)\/\s*([^/]+)$/.exec(bare) ??
    /^(.+)_(s|ms|min|h|m?V|[mun]?A|[mun]?Ah|degC|C|K|pct|%)$/.exec(bare);
  return found === null ? [letters(bare), ""] : [letters(found[1]!), letters(found[2]!)];
}

/** Clock times, as `h:min:s.ms`, are read as such whatever their unit. */
const CLOCK = /^(h+min|hms|hhmm|dhms|dh)/;

/** A column of `kind` in a unit, which may be none; undefined: such a kind has no such unit. */
export function unitOf(kind: ColumnKind, unit: string): Heading | undefined {
  const units = UNITS[kind];
  const plain = letters(unit);
  const scale = kind === "time" && CLOCK.test(plain) ? 1 : units[plain];
  if (plain !== "" && scale === undefined) return undefined;
  const offset = kind === "temperature" && plain === "k" ? KELVIN : 0;
  return { kind, scale: scale ?? Object.values(units)[0]!, offset, united: plain !== "" };
}

/** `heading` as a column of `kind`; undefined: it is none. */
export function headingAs(kind: ColumnKind, heading: string): Heading | undefined {
  const [name, stated] = partsOf(heading);
  // Amps and Volts are names that are their own unit
  return unitOf(kind, stated === "" && name in UNITS[kind] ? name : stated);
}

/** How well a heading names a kind, 0 best; undefined: not at all. */
function rankAs(kind: ColumnKind, heading: string): number | undefined {
  const [name, unit] = partsOf(heading);
  const rank = NAMES[kind].indexOf(name);
  if (rank < 0 || (BARE.test(name) && unit === "")) return undefined;
  return headingAs(kind, heading) === undefined ? undefined : rank;
}

/** The column of each kind that a line of headings names, by its place; the best name wins. */
export function columnsIn(headings: readonly string[]): Map<ColumnKind, number> {
  const columns = new Map<ColumnKind, number>();
  for (const kind of COLUMN_KINDS) {
    const ranked = headings.flatMap((heading, index) => {
      const rank = rankAs(kind, heading);
      return rank === undefined ? [] : [{ rank, index }];
    });
    ranked.sort((a, b) => a.rank - b.rank || a.index - b.index);
    if (ranked.length > 0) columns.set(kind, ranked[0]!.index);
  }
  return columns;
}
