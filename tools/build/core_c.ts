// Adapts the C that wasm2c printed to microcontrollers: accesses go through TFMB_ACCESS of
// host/c/wasm-rt.h, what a chip never calls is left out, and the memory plan gets a header.
// Each change says what it expects to find, so another version of wasm2c is noticed.

import { readFileSync, writeFileSync } from "node:fs";

function replaceOnce(text: string, from: string | RegExp, to: string): string {
  const changed = text.replace(from, to);
  if (changed === text) throw new Error(`wasm2c output has no ${String(from)}: another version?`);
  return changed;
}

const FORCE_READ = /#ifdef __GNUC__\n#define FORCE_READ_INT[\s\S]*?#else\n(#define FORCE_READ_INT)/;
const FUNC_TYPE_QUERY = /wasm_rt_func_type_t wasm2c_core_get_func_type\([^{]*\{[\s\S]*?\n\}\n/;

/** The bodies of DEFINE_LOAD and DEFINE_STORE: wasm2c copies bytes. */
const LOAD_BODY = / {4}t1 result;[ \\]*\n {4}wasm_rt_memcpy\(&result, MEM_ADDR_MEMOP[^;]*; */;
const STORE_BODY = / {4}t1 wrapped = [^;]*;[ \\]*\n {4}wasm_rt_memcpy\(MEM_ADDR_MEMOP[^;]*; */;
const PLACE = "((place*)MEM_ADDR_MEMOP(mem, addr, sizeof(t1)))->as_##t1";
const LOAD = `    TFMB_PLACE_OF(sizeof(t1)); \\\n    const t1 result = ${PLACE}; `;
const STORE = `    TFMB_PLACE_OF(sizeof(t1)); \\\n    ${PLACE} = (t1)value; `;

const PLAIN_TRUNC = `#else
#define TRUNC_S(ut, st, ft, min, minop, max, x) ((ut)(st)(x))
#endif
`;

const SQRT_BODY = /(float wasm_sqrtf\(float x\) \{\n)[^}]*\}\n {2}return sqrtf\(x\);/;

/** A conversion of assembly/math/convert.ts: where the chip's own ends at the ends, that. */
function convertAtOnce(text: string, name: string, macro: string): string {
  const body = new RegExp(
    `(w2c_core_assembly0x2Fmath0x2Fconvert0x2F${name}\\(\\w+\\* instance, f32 var_p0\\) \\{\\n)` +
      "([\\s\\S]*?)(\\n\\}\\n)",
  );
  return replaceOnce(
    text,
    body,
    `$1#ifdef ${macro}\n  return ${macro}(var_p0);\n#else\n$2\n#endif$3`,
  );
}

const SEGMENT = /static const u8 data_segment_data_w2c_core_d\d+\[\] = \{\n([^}]*)\};\n\n/g;
const LOAD_SEGMENT = /^ {2}LOAD_DATA\(instance->w2c_memory, (\d+)u, .*\);\n/gm;

/** The ranges of the profile are three tables (assembly/abi.ts), and the only constants. */
const TABLES = 3;

/** The core's constants stay in flash where addresses wrap at 32 bits, as a mapped profile does. */
function keepConstants(text: string): string {
  const pieces = [...text.matchAll(SEGMENT)].map(([, bytes]) => bytes!.match(/0x\w\w/g)!);
  const places = [...text.matchAll(LOAD_SEGMENT)].map(([, at]) => Number(at));
  const end = Math.max(...places.map((at, i) => at + pieces[i]!.length));
  // asc leaves out the zeros that a piece begins with
  const begin = Math.min(...places) & ~15;
  const bytes = Array<string>(end - begin).fill("0x00");
  places.forEach((at, i) => bytes.splice(at - begin, pieces[i]!.length, ...pieces[i]!));
  const lines = bytes.join(", ").replace(/((?:0x\w\w, ){16})/g, "$1\n  ");
  const used = new Set<number>();
  const kept = text
    .replace(SEGMENT, "")
    .replace(LOAD_SEGMENT, "")
    .replace(/ = (\d+)u;/g, (whole, number: string) => {
      if (Number(number) < begin || Number(number) >= end) return whole;
      used.add(Number(number));
      return ` = CONSTANT(${number}u);`;
    });
  if (used.size !== TABLES || Math.min(...used) !== begin) {
    throw new Error(`core.c: constants at ${[...used].join(" ")}, not ${TABLES} from ${begin} on`);
  }
  const declared = `#define CONSTANTS_AT ${begin}u
static const u8 constants[${end - begin}] __attribute__((aligned(4))) = {
  ${lines}
};
#if UINTPTR_MAX == UINT32_MAX && !defined(TFMB_CHECKED)
#define CONSTANTS_IN_FLASH
#define CONSTANT(at) ((u32)constants + (at) - CONSTANTS_AT - (u32)instance->w2c_memory.data)
#else
#define CONSTANT(at) (at)
#endif

`;
  const load = `#ifndef CONSTANTS_IN_FLASH
  LOAD_DATA(instance->w2c_memory, CONSTANTS_AT, constants, sizeof constants);
#endif
`;
  const withLoad = replaceOnce(kept, /( {2}wasm_rt_allocate_memory\(.*\);\n)/, `$1${load}`);
  return replaceOnce(withLoad, "static void init_globals(", `${declared}static void init_globals(`);
}

const INIT_GLOBALS = /static void init_globals\(w2c_core\* instance\) \{\n([\s\S]*?)\}\n/;
const ZERO = /^ {2}instance->\w+ = 0(?:u|ull)?;\n/gm;

/** Every global of the core begins with zero, so one memset does for all, and for the memory. */
function clearAtOnce(text: string): string {
  const others = INIT_GLOBALS.exec(text)?.[1]?.replace(ZERO, "");
  if (others !== "") throw new Error(`core.c: globals that do not begin with 0: ${others}`);
  const clear = "memset(instance, 0, sizeof *instance);";
  return text.replace(INIT_GLOBALS, `static void init_globals(w2c_core* instance) { ${clear} }\n`);
}

/** Usual in generated code: whoever compiles core.c needs no flags for it, nor hears of it. */
const QUIET = `\
/* Made by wasm2c from the core; adapted by tools/build/core_c.ts. */
#ifdef __GNUC__
#pragma GCC diagnostic ignored "-Wunused-function"
#pragma GCC diagnostic ignored "-Wunused-parameter"
#pragma GCC diagnostic ignored "-Wunused-value"
#pragma GCC diagnostic ignored "-Wunused-variable"
#endif
`;

/** Rewrites core.c in place. */
export function adaptCoreC(path: string): void {
  let text = readFileSync(path, "utf8");
  text = replaceOnce(
    text,
    "#define MEM_ADDR_MEMOP(mem, addr, n) MEM_ADDR(mem, addr, n)",
    "#define MEM_ADDR_MEMOP(mem, addr, n) TFMB_ACCESS(mem, addr, n)",
  );
  text = replaceOnce(text, LOAD_BODY, LOAD);
  text = replaceOnce(text, STORE_BODY, STORE);
  // forced reads keep traps of dead loads; here no load can trap, and they cost register moves
  text = replaceOnce(text, FORCE_READ, "#if 1\n$1");
  // every conversion of the core is guarded (assembly/math/convert.ts): the unchecked build casts
  text = replaceOnce(text, "#define TRUNC_S(", "#ifdef TFMB_CHECKED\n#define TRUNC_S(");
  text = replaceOnce(
    text,
    "#define I32_TRUNC_S_F32(x)",
    `${PLAIN_TRUNC}#define I32_TRUNC_S_F32(x)`,
  );
  text = replaceOnce(text, "#define TRUNC_U(", "#ifdef TFMB_CHECKED\n#define TRUNC_U(");
  text = replaceOnce(
    text,
    "#define I32_TRUNC_U_F32(x)",
    "#else\n#define TRUNC_U(ut, ft, max, x) ((ut)(x))\n#endif\n#define I32_TRUNC_U_F32(x)",
  );
  // a soft-float chip has its own root: the C library's would bring errno and its RAM; each hands
  // NaN on, unasked
  text = replaceOnce(text, SQRT_BODY, "$1  return TFMB_SQRT(x);");
  text = convertAtOnce(text, "guarded_i32", "TFMB_I32");
  text = convertAtOnce(text, "guarded_u32", "TFMB_U32");
  // the query for function types serves linking of modules; its tables would fill flash
  text = replaceOnce(text, FUNC_TYPE_QUERY, "").replace(/^FUNC_TYPE_T\(.*\n/gm, "");
  text = clearAtOnce(text);
  text = keepConstants(text);
  writeFileSync(path, QUIET + text);
}

/** What of the memory plan the core's source says and its exports do not. */
export interface Bank {
  bankAt: number;
  hypothesisBytes: number;
  hypothesesMax: number;
}

/** Reads assembly/gauge/hypothesis.ts, for these areas and real numbers of `word` bytes. */
export function readBank(source: string, areasEnd: number, word = 4): Bank {
  const numberIn = (pattern: RegExp): number => {
    const found = pattern.exec(source)?.[1];
    if (!found) throw new Error(`assembly/gauge/hypothesis.ts: ${String(pattern)} not found`);
    return Number(found);
  };
  const rowBytes = word * numberIn(/ STATES: i32 = (\d+);/);
  return {
    bankAt: Math.ceil((areasEnd + 2 * rowBytes) / 16) * 16,
    hypothesisBytes: word * numberIn(/ HYPOTHESIS_BYTES: usize = (\d+) \* WORD;/),
    hypothesesMax: numberIn(/ HYPOTHESES_MAX: i32 = (\d+);/),
  };
}

/** Where the bank ends and the core's constants begin: what asc must be told as memoryBase. */
export function constantsAt(bank: Bank): number {
  return bank.bankAt + bank.hypothesesMax * bank.hypothesisBytes;
}

/** Text of tfmb_plan.h: what lies where in linear memory, and how much of it to reserve. */
export function planHeader(profileAt: number, profileRoom: number, bank: Bank): string {
  const { bankAt, hypothesisBytes, hypothesesMax } = bank;
  const room = Math.ceil((profileAt + profileRoom) / 16) * 16 - profileAt;
  return `/* Made by tools/build.ts with core.c: the static memory plan of this core. */
#ifndef TFMB_PLAN_H
#define TFMB_PLAN_H

/* Where the gauge's hypotheses begin, and bytes of each. */
#define TFMB_BANK_AT ${bankAt}
#define TFMB_HYPOTHESIS_BYTES ${hypothesisBytes}
#define TFMB_HYPOTHESES_MAX ${hypothesesMax}

/* How many of them a firmware whose profile lies in flash reserves. */
#ifndef TFMB_HYPOTHESES
#define TFMB_HYPOTHESES 7
#endif
#if TFMB_HYPOTHESES < 1 || TFMB_HYPOTHESES > TFMB_HYPOTHESES_MAX
#error "TFMB_HYPOTHESES must be 1 to ${hypothesesMax}"
#endif

/* All that the core needs when its profile lies in flash: use it as TFMB_MEMORY_BYTES then. */
#define TFMB_PLAN_BYTES (TFMB_BANK_AT + TFMB_HYPOTHESES * TFMB_HYPOTHESIS_BYTES)

/* A profile that is copied to RAM lies behind the most hypotheses that there may be, and behind
 * room for the core's constants, which a 32-bit chip leaves in flash. */
#define TFMB_PROFILE_AT ${profileAt}
#ifndef TFMB_MEMORY_BYTES
#define TFMB_MEMORY_BYTES (TFMB_PROFILE_AT + ${room})
#endif

#endif
`;
}
