// Which column of a measured CSV holds what, and in which unit: known by the names in its header,
// or told as `--columns current=-I_A,counter=Ah`. A minus turns the sign round.

/** A record that cannot be used; the message is one line. */
export class RecordError extends Error {
  override readonly name = "RecordError";
}

/** Units of each quantity, as factors to s, mV, nA, degC, nAh and fractions of the capacity. */
const UNITS = {
  time: { s: 1, sec: 1, ms: 0.001, min: 60, h: 3600 },
  voltage: { V: 1000, mV: 1, uV: 0.001 },
  current: { A: 1e9, mA: 1e6, uA: 1000, nA: 1 },
  temperature: { degC: 1, C: 1, "°C": 1 },
  counter: { Ah: 1e9, mAh: 1e6, uAh: 1000, nAh: 1 },
  soc: { "1": 1, "%": 0.01, pct: 0.01 },
} as const satisfies Record<string, Record<string, number>>;

export type Quantity = keyof typeof UNITS;

/** Names by which a header is known; the unit behind it decides among what fits. */
const NAMES: Record<Quantity, RegExp> = {
  time: /^(t|time|test[ _]?time|elapsed[ _]?time|total[ _]?time)$/i,
  voltage: /^(v|u|voltage|cell[ _]?voltage|ewe|ecell)$/i,
  current: /^(i|current)$/i,
  temperature: /^(t|temp|temperature|cell[ _]?temperature)$/i,
  counter: /^(|q|charge|capacity|counter)$/i,
  soc: /^(soc|state[ _]of[ _]charge)$/i,
};
const QUANTITIES = Object.keys(NAMES) as Quantity[];
const NEEDED: Quantity[] = ["time", "voltage", "current"];

export interface Column {
  index: number;
  /** As the header has it. */
  name: string;
  /** To the units of a record, with the sign that was told. */
  factor: number;
}

export type Columns = Partial<Record<Quantity, Column>>;

/** `Time [min]`, `T(degC)`, `current_uA` and `Ah` as name and unit. */
function named(header: string): { name: string; unit: string } {
  const bracketed = /^(.*?)[\s_]*[[(/]\s*([^\])]+?)\s*[\])]?$/.exec(header);
  if (bracketed !== null) return { name: bracketed[1]!, unit: bracketed[2]! };
  const suffixed = /^(.*)_([^_]+)$/.exec(header);
  if (suffixed !== null) return { name: suffixed[1]!, unit: suffixed[2]! };
  return header in UNITS.counter ? { name: "", unit: header } : { name: header, unit: "" };
}

const factorOf = (quantity: Quantity, unit: string): number | undefined => {
  const plain = quantity === "soc" && unit === "" ? "1" : unit.replace("µ", "u");
  return (UNITS[quantity] as Record<string, number>)[plain];
};

const unitsOf = (quantity: Quantity) => Object.keys(UNITS[quantity]).join(", ");

/** What the header's own names say; the first column that fits counts. */
function recognised(headers: readonly string[]): Columns {
  const columns: Columns = {};
  for (const [index, header] of headers.entries()) {
    // `SOC` and `soc_pct` are one name; what follows the underscore may be no unit
    const whole = { name: header, unit: "" };
    for (const { name, unit } of [named(header), whole]) {
      const quantity = QUANTITIES.find(
        (each) => NAMES[each].test(name) && factorOf(each, unit) !== undefined,
      );
      if (quantity === undefined || columns[quantity] !== undefined) continue;
      columns[quantity] = { index, name: header, factor: factorOf(quantity, unit)! };
    }
  }
  return columns;
}

/** One `quantity=[-]HEADER[:UNIT]` of --columns. */
function toldColumn(file: string, headers: readonly string[], text: string) {
  const match = /^(\w+)=(-?)(.+)$/.exec(text.trim());
  const quantity = QUANTITIES.find((each) => each === match?.[1]);
  if (match === null || quantity === undefined) {
    const known = QUANTITIES.join(", ");
    throw new RecordError(`--columns ${text} must be QUANTITY=HEADER, a quantity of ${known}`);
  }
  const [, , minus, wanted] = match;
  const [, header = "", unit] = /^(.*?)(?::([^:]+))?$/.exec(wanted!) ?? [];
  const index = headers.indexOf(header);
  if (index < 0) {
    throw new RecordError(
      `${file}:1: has no column "${header}" of --columns; it has ${headers.join(", ")}`,
    );
  }
  const factor = factorOf(quantity, unit ?? named(header).unit);
  if (factor === undefined) {
    const remedy = `write ${quantity}=${header}:UNIT, one of ${unitsOf(quantity)}`;
    throw new RecordError(`--columns ${text}: the unit of "${header}" is not known; ${remedy}`);
  }
  return { quantity, column: { index, name: header, factor: minus === "-" ? -factor : factor } };
}

/** The columns of a record. Throws RecordError where one that is needed is not there. */
export function columnsOf(file: string, header: string, told: string | undefined): Columns {
  const headers = header.split(",").map((name) => name.trim());
  const columns = recognised(headers);
  for (const text of told?.split(",") ?? []) {
    const { quantity, column } = toldColumn(file, headers, text);
    columns[quantity] = column;
  }
  const lacks = NEEDED.find((quantity) => columns[quantity] === undefined);
  if (lacks === undefined) return columns;
  const shown = header.length > 60 ? `${header.slice(0, 57)}...` : header;
  throw new RecordError(
    `${file}:1: header "${shown}" names no ${lacks} with a unit (${unitsOf(lacks)}); ` +
      `tell it with --columns ${lacks}=HEADER:UNIT`,
  );
}
