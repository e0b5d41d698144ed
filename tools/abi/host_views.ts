// The TypeScript and C views of the layout table: host/core/abi.ts, host/c/tfmb_abi.h and
// host/c/tfmb_calls.h.

import { type Area, type Export, type Names, type Table, singular } from "./table.js";

const upper = (name: string) => name.toUpperCase();
const pascal = (name: string) => name.replace(/(^|_)(\w)/g, (_, __, c: string) => c.toUpperCase());

function areaEntry(area: Area): string {
  const fields = area.fields.map(
    (field) =>
      `      ${field.name}: { type: "${field.type === "real" ? "f32" : field.type}", ` +
      `offset: ${field.offset}, count: ${field.count}, unit: "${field.unit}" },`,
  );
  return [
    `  /** ${area.doc} */`,
    `  ${area.name}: {`,
    `    at: ${area.at},`,
    `    size: ${area.size},`,
    "    fields: {",
    ...fields,
    "    },",
    "  },",
  ].join("\n");
}

function namesEntry(names: Names, bits: boolean): string {
  const rows = names.rows.map((row) => {
    const value = bits ? 2 ** row.value : row.value;
    return `  /** ${row.doc} */\n  ${row.name}: ${value},`;
  });
  const head = `/** ${names.doc} */\nexport const ${pascal(names.name)}`;
  return `${head} = {\n${rows.join("\n")}\n} as const;`;
}

export function typescriptView(table: Table): string {
  const [major, minor] = table.version;
  const exports = table.exports.map((entry) => {
    const args = entry.args.map((arg) => `${arg.name}: number`).join(", ");
    return `  /** ${entry.doc} */\n  ${entry.name}(${args}): number;`;
  });
  const signatures = table.exports.map((entry) => {
    const args = entry.args.map((arg) => `"${arg.type}"`).join(", ");
    return `  { name: "${entry.name}", args: [${args}], result: "${entry.result}" },`;
  });
  return (
    [
      "// Made from assembly/abi.txt by tools/abi/generate.ts: do not edit.",
      `export const ABI_VERSION = ${major * 65536 + minor};\n` +
        `export const LAYOUT_HASH = ${table.layoutHash};\n` +
        `export const AREAS_END = ${table.areasEnd};`,
      `/** Type, byte offset and length of every field; addresses of the fixed areas. */\n` +
        `export const AREAS = {\n${table.areas.map(areaEntry).join("\n")}\n} as const;`,
      ...table.bits.map((names) => namesEntry(names, true)),
      ...table.enums.map((names) => namesEntry(names, false)),
      `/** The functions a core instance exports. */\nexport interface CoreExports {\n` +
        `  memory: WebAssembly.Memory;\n${exports.join("\n")}\n}`,
      `/** The same with their types, in the order of the table. */\n` +
        `export const SIGNATURES = [\n${signatures.join("\n")}\n] as const;`,
    ].join("\n\n") + "\n"
  );
}

const C_TYPES: Record<string, string> = {
  u8: "uint8_t",
  u16: "uint16_t",
  u32: "uint32_t",
  i32: "int32_t",
  f32: "float",
  i64: "int64_t",
  real: "float",
};

function structOf(area: Area): string {
  const fields = area.fields.map((field) => {
    const count = field.count > 1 ? `[${field.count}]` : "";
    return `  ${C_TYPES[field.type]} ${field.name}${count}; /* [${field.unit}] ${field.doc} */`;
  });
  const [head, end] = ["typedef struct TFMB_AREA {", `} tfmb_${area.name}_t;`];
  return [`/* ${area.doc} */`, head, ...fields, end].join("\n");
}

const C_AREA = `\
/* Areas are bytes of the core's memory, which it accesses as tfmb_place (wasm-rt.h): under
 * link-time optimisation the compiler must know that both may be the same. */
#if !defined TFMB_AREA && defined __GNUC__
#define TFMB_AREA __attribute__((may_alias))
#elif !defined TFMB_AREA
#define TFMB_AREA
#endif`;

export function cView(table: Table): string {
  const [major, minor] = table.version;
  const fixed = table.areas.filter((area) => area.role !== "profile");
  const names = (entry: Names, bits: boolean) =>
    [
      `/* ${entry.doc} */`,
      ...entry.rows.map(
        (row) =>
          `#define TFMB_${upper(singular(entry.name))}_${upper(row.name)} ` +
          `${bits ? `(1u << ${row.value})` : row.value} /* ${row.doc} */`,
      ),
    ].join("\n");
  return (
    [
      "/* Made from assembly/abi.txt by tools/abi/generate.ts: do not edit. */",
      "#ifndef TFMB_ABI_H\n#define TFMB_ABI_H\n\n" +
        "#include <assert.h>\n#include <stddef.h>\n#include <stdint.h>",
      `#define TFMB_ABI_VERSION ${major * 65536 + minor}u\n` +
        `#define TFMB_LAYOUT_HASH ${table.layoutHash}u\n` +
        `#define TFMB_AREAS_END ${table.areasEnd}`,
      C_AREA,
      ...table.areas.map(structOf),
      fixed.map((area) => `#define TFMB_${upper(area.name)}_AT ${area.at}`).join("\n"),
      "/* Lengths of the areas, with what fills them up: structs may be shorter, or longer. */\n" +
        fixed.map((area) => `#define TFMB_${upper(area.name)}_BYTES ${area.size}`).join("\n"),
      table.areas
        .filter((area) => area.name !== "vital")
        .map(
          (area) =>
            `static_assert(offsetof(tfmb_${area.name}_t, ${area.fields.at(-1)!.name}) == ` +
            `${area.fields.at(-1)!.offset}, "tfmb_${area.name}_t is laid out as the core's");`,
        )
        .join("\n"),
      ...table.bits.map((entry) => names(entry, true)),
      ...table.enums.map((entry) => names(entry, false)),
      "#endif",
    ].join("\n\n") + "\n"
  );
}

/** Exports that tfmb.h wraps by hand: a C program hands over bytes, not addresses of the core. */
const BY_HAND = ["profile_at", "load_profile", "map_profile"];
/** Arguments below 0; all others are unsigned in C. */
const SIGNED = ["direction", "result"];

function callOf({ name, result, args, doc }: Export): string {
  const type = (arg: Export["args"][number]) =>
    arg.type === "f32" ? "float" : SIGNED.includes(arg.name) ? "int32_t" : "uint32_t";
  const parameters = ["tfmb_t *node", ...args.map((arg) => `${type(arg)} ${arg.name}`)].join(", ");
  const given = args.map((arg) => (SIGNED.includes(arg.name) ? `(uint32_t)${arg.name}` : arg.name));
  const call = `return w2c_core_${name}(${["node", ...given].join(", ")});`;
  const returned = result === "f32" ? "float" : "uint32_t";
  const head = `static inline ${returned} tfmb_${name}(${parameters})`;
  const line = `${head} { ${call} }`;
  const body = line.length <= 100 ? line : `${head} {\n  ${call}\n}`;
  return `/* ${doc} */\n${body}`;
}

/** The functions of a node in C, as documented as the table is. */
export function callsView(table: Table): string {
  return (
    [
      "/* Made from assembly/abi.txt by tools/abi/generate.ts: do not edit.\n" +
        " *\n" +
        " * What a node can be asked, one function for each export. Statuses are\n" +
        " * TFMB_STATUS_* in bits 0..7. */",
      "#ifndef TFMB_CALLS_H\n#define TFMB_CALLS_H",
      '#include "core.h"\n#include "tfmb_abi.h"',
      "/* One node: plain memory without pointers; static, no heap. */\ntypedef w2c_core tfmb_t;",
      ...table.exports.filter(({ name }) => !BY_HAND.includes(name)).map(callOf),
      "#endif",
    ].join("\n\n") + "\n"
  );
}
