// The layout table assembly/abi.txt, read into rooms, fields, bits, enums and exports.
// Offsets follow C rules: fields in order, each at a multiple of its own size, an area at a
// multiple of eight.

import { readFileSync } from "node:fs";

export const SIZES = { u8: 1, u16: 2, u32: 4, i32: 4, f32: 4, i64: 8, real: 4 } as const;
export type FieldType = keyof typeof SIZES;

export interface Field {
  name: string;
  type: FieldType;
  count: number;
  unit: string;
  range: string;
  doc: string;
  offset: number;
  size: number;
}

export interface Area {
  name: string;
  role: "state" | "out" | "in" | "profile";
  doc: string;
  fields: Field[];
  at: number;
  size: number;
}

export interface Names {
  name: string;
  doc: string;
  rows: { name: string; value: number; doc: string }[];
}

export interface Export {
  name: string;
  result: "i32" | "f32";
  args: { name: string; type: "i32" | "f32" }[];
  doc: string;
}

export interface Table {
  version: [number, number];
  areas: Area[];
  bits: Names[];
  enums: Names[];
  exports: Export[];
  /** End of the fixed areas: where the compiler may put the core's own tables. */
  areasEnd: number;
  layoutHash: number;
}

/** Address of the first area; the bytes below stay zero so that no area has address 0. */
export const AREAS_AT = 8;

const align = (value: number, to: number) => Math.ceil(value / to) * to;

/** FNV-1a over the structure (names, types, counts, values), not over the prose. */
function structureHash(lines: string[]): number {
  let hash = 0x811c9dc5;
  for (const char of lines.join("\n")) {
    hash = Math.imul(hash ^ char.charCodeAt(0), 0x01000193) >>> 0;
  }
  return hash;
}

function parseField(cells: string[], where: string, realSize: number): Field {
  const [nameCell, type, unit, range, doc] = cells;
  const match = /^(\w+)(?:\[(\d+)\])?$/.exec(nameCell ?? "");
  if (!match || !type || !(type in SIZES) || !unit || !range || !doc) {
    throw new Error(
      `${where}: a field needs name, type, unit, range, meaning; got: ${cells.join(" | ")}`,
    );
  }
  const size = type === "real" ? realSize : SIZES[type as FieldType];
  const count = match[2] ? Number(match[2]) : 1;
  return { name: match[1]!, type: type as FieldType, count, unit, range, doc, offset: 0, size };
}

function placeAreas(areas: Area[]): number {
  let at = AREAS_AT;
  for (const area of areas) {
    let offset = 0;
    for (const field of area.fields) {
      offset = align(offset, field.size);
      field.offset = offset;
      offset += field.size * field.count;
    }
    area.size = area.role === "profile" ? align(offset, 4) : align(offset, 8);
    if (area.name === "vital") area.size = align(offset, 4);
    if (area.role === "profile") continue;
    area.at = align(at, 8);
    at = area.at + area.size;
  }
  return align(at, 8);
}

/** Parses the table text. `realSize` is 4, or 8 for the test-only f64 build. */
export function parseTable(text: string, realSize = 4): Table {
  const table: Table = {
    version: [0, 0],
    areas: [],
    bits: [],
    enums: [],
    exports: [],
    areasEnd: 0,
    layoutHash: 0,
  };
  const structure: string[] = [];
  let section = "";
  let names: Names | undefined;
  text.split("\n").forEach((line, index) => {
    const where = `assembly/abi.txt:${index + 1}`;
    if (line.trim() === "" || line.startsWith("#")) return;
    const cells = line.trim().split(/\s{2,}/);
    const head = cells[0]!.split(" ");
    if (head[0] === "version") {
      table.version = head[1]!.split(".").map(Number) as [number, number];
    } else if (head[0] === "area" && head.length === 2) {
      section = "area";
      const role = cells[1] as Area["role"];
      table.areas.push({ name: head[1]!, role, doc: cells[2]!, fields: [], at: 0, size: 0 });
    } else if ((head[0] === "bits" || head[0] === "enum") && head.length === 2) {
      section = "names";
      names = { name: head[1]!, doc: cells[1]!, rows: [] };
      (head[0] === "bits" ? table.bits : table.enums).push(names);
    } else if (line === "exports") {
      section = "exports";
    } else if (section === "area") {
      const field = parseField(cells, where, realSize);
      table.areas.at(-1)!.fields.push(field);
      structure.push(`${table.areas.at(-1)!.name}.${field.name}:${field.type}[${field.count}]`);
    } else if (section === "names") {
      names!.rows.push({ name: cells[0]!, value: Number(cells[1]), doc: cells[2]! });
      structure.push(`${names!.name}.${cells[0]}=${cells[1]}`);
    } else {
      table.exports.push(parseExport(cells, where));
      structure.push(`export ${cells[0]} ${cells[1]}`);
    }
  });
  table.areasEnd = placeAreas(table.areas);
  table.layoutHash = structureHash(structure);
  return table;
}

function parseExport(cells: string[], where: string): Export {
  const match = /^(i32|f32) \((.*)\)$/.exec(cells[1] ?? "");
  if (!match)
    throw new Error(`${where}: an export needs a result and arguments: ${cells.join(" | ")}`);
  const args = match[2]
    ? match[2].split(", ").map((arg) => {
        const [name, type] = arg.split(" ");
        return { name: name!, type: type as "i32" | "f32" };
      })
    : [];
  return { name: cells[0]!, result: match[1] as "i32" | "f32", args, doc: cells[2]! };
}

export function readTable(realSize = 4): Table {
  return parseTable(
    readFileSync(new URL("../../assembly/abi.txt", import.meta.url), "utf8"),
    realSize,
  );
}

export function areaOf(table: Table, name: string): Area {
  const area = table.areas.find((candidate) => candidate.name === name);
  if (!area) throw new Error(`assembly/abi.txt: no area named ${name}`);
  return area;
}

/** "0..60000" -> [0, 60000]; undefined where the row gives no numeric range. */
export function rangeOf(field: Field): [number, number] | undefined {
  const match = /^(-?[\d.]+)\.\.(-?[\d.]+)$/.exec(field.range);
  return match ? [Number(match[1]), Number(match[2])] : undefined;
}

/** "faults" -> "fault", "vetoes" -> "veto"; "status" stays. */
export function singular(name: string): string {
  return name.endsWith("us") ? name : name.replace(/oes$/, "o").replace(/s$/, "");
}
