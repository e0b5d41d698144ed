// The page docs/FORMAT.md: every byte that crosses the door, from the layout table.

import { type Area, type Export, type Names, type Table } from "./table.js";

const cell = (text: string) => text.replaceAll("|", "\\|");

function areaSection(area: Area): string {
  const where =
    area.role === "profile"
      ? `${area.size} bytes, then its tables; at \`profile_at()\` or in place in flash`
      : `${area.size} bytes at address ${area.at}`;
  const rows = area.fields.map((field) => {
    const count = field.count > 1 ? `[${field.count}]` : "";
    const word = area.role === "profile" ? `${field.offset / 4}` : `${field.offset}`;
    return (
      `| ${word} | \`${field.name}${count}\` | ${field.type} | ${cell(field.unit)} | ` +
      `${field.range} | ${cell(field.doc)} |`
    );
  });
  const first = area.role === "profile" ? "word" : "byte";
  return [
    `## ${area.name}`,
    "",
    `${area.doc} (${where})`,
    "",
    `| ${first} | name | type | unit | range | meaning |`,
    "|---|---|---|---|---|---|",
    ...rows,
  ].join("\n");
}

function namesSection(names: Names, column: string): string {
  const rows = names.rows.map((row) => `| ${row.value} | \`${row.name}\` | ${cell(row.doc)} |`);
  return [
    `### ${names.name}`,
    "",
    names.doc,
    "",
    `| ${column} | name | meaning |`,
    "|---|---|---|",
    ...rows,
  ].join("\n");
}

function exportRow(entry: Export): string {
  const args = entry.args.map((arg) => `${arg.name}: ${arg.type}`).join(", ");
  return `| \`${entry.name}(${args}): ${entry.result}\` | ${cell(entry.doc)} |`;
}

const PREFACE = `All values are little-endian; \`f32\` is IEEE 754 binary32; an \`i64\` is two u32
words, low word first. CRC-32 is the reflected one of IEEE 802.3 (polynomial 0xedb88320, start and
final value 0xffffffff). A current is positive when it charges the cell. 1 nA for 1 ms is exactly 1
pC.`;

const TABLES = `After the last field of the profile follow its tables, f32 each, dimensioned by
\`soc_count\` (n) and \`temperature_count\` (m): \`soc[n]\` rising from 0 to 1, \`tau_s[n]\`,
\`resistance_factor[n]\`, \`dudt_mV_K[n]\`; then m blocks of \`temperature_degC\` (rising),
\`ocv_mV[n]\` (rising), \`slope_mV[n]\` (mV per unit of SOC at the nodes, between 0 and three times
the secants beside it: the condition for a monotone cubic).`;

const JOURNAL = `\
A journal record is the \`vital\` area as it stands, 124 bytes at most, CRC last. From
\`storage_at\` on lie two halves of 2^n slots of 128 bytes: on flash n is \`storage_slots_log2\`
and a half is what one erase clears, a whole number of pages (erased bytes are 0xff); on
FRAM n is 0. The record with number s lies in slot s mod 2^(n+1). A half is erased before
its first slot is programmed, and never while it holds the newest whole record; a slot that
was begun is not programmed again before that.

A start reads each half from its last slot until it finds a whole record, the second half
first. A slot whose magic, layout hash, profile CRC or CRC-32 is wrong, or whose \`sequence\`
belongs to another slot, is ignored; of two the one with the later \`sequence\` (difference
modulo 2^32 below 2^31) wins. Slots behind it that are not blank were begun and cut short:
the next number passes them. A record counts as completed when the host has answered its
program operation with success. What is read goes behind the areas (\`storage.memory_at\`);
retained RAM is not trusted again before the start ends.`;

const POLICY = `\`abi_version\` is major << 16 | minor. Within a major version changes are additive:
a minor version may add exports, status codes, fault and veto bits, and profile fields behind the
last one; it moves and renames nothing. The layout hash is over names, types, counts and values of
the whole table, so a host, a profile or a journal record made for another table is noticed and
refused, never misread. While the major version is 0 a minor version may change anything; profiles
are then compiled anew from their JSON files, and old journal records are refused.`;

export function formatPage(table: Table): string {
  const [major, minor] = table.version;
  const hash = table.layoutHash.toString(16).padStart(8, "0");
  return (
    [
      "# Format",
      "<!-- Made from assembly/abi.txt by tools/abi/generate.ts: do not edit. -->",
      `ABI version ${major}.${minor}, layout hash \`0x${hash}\`. ${PREFACE}`,
      ...table.areas.map(areaSection),
      TABLES,
      "## Journal",
      JOURNAL,
      "## Bits",
      ...table.bits.map((names) => namesSection(names, "bit")),
      "## Codes",
      ...table.enums.map((names) => namesSection(names, "value")),
      "## Exports",
      ["| export | meaning |", "|---|---|", ...table.exports.map(exportRow)].join("\n"),
      "## Version policy",
      POLICY,
    ].join("\n\n") + "\n"
  );
}
