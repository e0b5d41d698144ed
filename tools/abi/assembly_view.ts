// The AssemblyScript view of the layout table: assembly/abi.ts.

import { type Area, type Names, type Table, areaOf, rangeOf, singular } from "./table.js";

const upper = (name: string) => name.toUpperCase();
const className = (name: string) => name[0]!.toUpperCase() + name.slice(1);
function classOf(area: Area): string {
  const lines = [`/** ${area.doc} */`, "@unmanaged", `export class ${className(area.name)} {`];
  for (const field of area.fields) {
    for (let i = 0; i < field.count; i++) {
      const suffix = field.count > 1 ? `_${i}` : "";
      const doc = i === 0 ? `  /** [${field.unit}] ${field.doc} */\n` : "";
      lines.push(`${doc}  ${field.name}${suffix}: ${field.type};`);
    }
  }
  for (const field of area.fields.filter((candidate) => candidate.count > 1)) {
    const shift = Math.log2(field.size);
    const index = field.type === "real" ? "i * sizeof<real>()" : shift ? `i << ${shift}` : "i";
    const first = `offsetof<${className(area.name)}>("${field.name}_0")`;
    const at = `changetype<usize>(this) + (${index})`;
    lines.push(
      "",
      "  @inline",
      `  ${field.name}(i: i32): ${field.type} {`,
      `    return load<${field.type}>(${at}, ${first});`,
      "  }",
    );
    if (area.role === "profile" || area.role === "in") continue;
    lines.push(
      "",
      "  @inline",
      `  set_${field.name}(i: i32, value: ${field.type}): void {`,
      `    store<${field.type}>(${at}, value, ${first});`,
      "  }",
    );
  }
  lines.push("}");
  return lines.join("\n");
}

function namesOf(names: Names, bits: boolean): string {
  const prefix = upper(singular(names.name));
  return [
    `// ${names.doc}`,
    ...names.rows.map((row) => {
      const value = bits ? `${2 ** row.value}` : `${row.value}`;
      return `export const ${prefix}_${upper(row.name)}: u32 = ${value}; // ${row.doc}`;
    }),
  ].join("\n");
}

/** Lists `values` in lines of `per`. */
function rows(values: number[], per: number): string {
  const lines: string[] = [];
  for (let i = 0; i < values.length; i += per) {
    lines.push(`  ${values.slice(i, i + per).join(", ")},`);
  }
  return lines.join("\n");
}

const UNBOUNDED: [number, number] = [0, 4294967295];

/**
 * The ranges of the profile's words, one byte a word: three bits choose the lower bound, five the
 * upper. Upper bounds of integers stand first, so the index also tells the type.
 */
function profileRanges(table: Table): string {
  const fields = areaOf(table, "profile").fields;
  const bounds = fields.map((field) => rangeOf(field) ?? UNBOUNDED);
  const lows = [...new Set([0, ...bounds.map((pair) => pair[0])])];
  const highsOf = (real: boolean) =>
    fields.flatMap((field, i) => ((field.type === "f32") === real ? [bounds[i]![1]] : []));
  const integers = [...new Set([UNBOUNDED[1], ...highsOf(false)])];
  const reals = [...new Set(highsOf(true))];
  if (lows.length > 8 || integers.length + reals.length > 32) {
    throw new Error(
      `profile ranges: ${lows.length} lower bounds (at most 8), ` +
        `${integers.length + reals.length} upper bounds (at most 32): share some`,
    );
  }
  const kinds = fields.flatMap((field, i) => {
    const high =
      field.type === "f32"
        ? integers.length + reals.indexOf(bounds[i]![1])
        : integers.indexOf(bounds[i]![1]);
    return Array<number>(field.count).fill(lows.indexOf(bounds[i]![0]) * 32 + high);
  });
  const highs = rows([...integers, ...reals], 8);
  return [
    "// Range of each profile word: bits 5..7 the lower bound, 0..4 the upper; integers first.",
    `export const PROFILE_WORDS: i32 = ${kinds.length};`,
    `export const PROFILE_INTEGER_HIGHS: i32 = ${integers.length};`,
    `export const PROFILE_KINDS: usize = memory.data<u8>([\n${rows(kinds, 20)}\n]);`,
    `export const PROFILE_LOWS: usize = memory.data<f32>([\n${rows(lows, 8)}\n]);`,
    `export const PROFILE_HIGHS: usize = memory.data<f32>([\n${highs}\n]);`,
  ].join("\n");
}

export function assemblyView(table: Table): string {
  const [major, minor] = table.version;
  const fixed = table.areas.filter((area) => area.role !== "profile");
  const parts = [
    "// Made from assembly/abi.txt by tools/abi/generate.ts: do not edit.",
    'import { real } from "./math/real";',
    `export const ABI_VERSION: u32 = ${major * 65536 + minor};\n` +
      `export const LAYOUT_HASH: u32 = ${table.layoutHash};`,
    ...table.areas.map(classOf),
    fixed
      .map(
        (area) =>
          `export const ${upper(area.name)}_AT: usize = ${area.at};\n` +
          `export const ${upper(area.name)}_SIZE: i32 = ${area.size};\n` +
          `export const ${area.name} = changetype<${className(area.name)}>(${area.at});`,
      )
      .join("\n") + `\n\nexport const AREAS_END: usize = ${table.areasEnd};`,
    ...table.bits.map((names) => namesOf(names, true)),
    ...table.enums.map((names) => namesOf(names, false)),
    profileRanges(table),
  ];
  return parts.join("\n\n") + "\n";
}
