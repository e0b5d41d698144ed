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

const INIT_GLOBALS = /static void init_globals\(w2c_core\* instance\) \{\n([\s\S]*?)\}\n/;
const ZERO = /^ {2}instance->\w+ = 0(?:u|ull)?;\n/gm;

/** Every global of the core begins with zero, so one memset does for all, and for the memory. */
function clearAtOnce(text: string): string {
  const others = INIT_GLOBALS.exec(text)?.[1]?.replace(ZERO, "");
  if (others !== "") throw new Error(`core.c: globals that do not begin with 0: ${others}`);
  const clear = "memset(instance, 0, sizeof *instance);";
  return text.replace(INIT_GLOBALS, `static void init_globals(w2c_core* instance) { ${clear} }\n`);
}

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
  // a soft-float chip has its own root: the C library's would bring errno and its RAM
  text = replaceOnce(text, "  return sqrtf(x);", "  return TFMB_SQRT(x);");
  // the query for function types serves linking of modules; its tables would fill flash
  text = replaceOnce(text, FUNC_TYPE_QUERY, "");
  text = clearAtOnce(text);
  writeFileSync(path, text);
}

/** What of the memory plan the core's source says and its exports do not. */
export interface Bank {
  hypothesisBytes: number;
  hypothesesMax: number;
}

/** Reads assembly/gauge/hypothesis.ts. */
export function readBank(source: string): Bank {
  const numberIn = (pattern: RegExp): number => {
    const found = pattern.exec(source)?.[1];
    if (!found) throw new Error(`assembly/gauge/hypothesis.ts: ${String(pattern)} not found`);
    return Number(found);
  };
  return {
    hypothesisBytes: 4 * numberIn(/ HYPOTHESIS_BYTES: usize = (\d+) \* WORD;/),
    hypothesesMax: numberIn(/ HYPOTHESES_MAX: i32 = (\d+);/),
  };
}

/** Text of tfmb_plan.h: what lies where in linear memory, and how much of it to reserve. */
export function planHeader(profileAt: number, profileRoom: number, bank: Bank): string {
  const { hypothesisBytes, hypothesesMax } = bank;
  const room = Math.ceil((profileAt + profileRoom) / 16) * 16 - profileAt;
  return `/* Made by tools/build.ts with core.c: the static memory plan of this core. */
#ifndef TFMB_PLAN_H
#define TFMB_PLAN_H

/* Where the gauge's hypotheses begin, and bytes of each. */
#define TFMB_BANK_AT ${profileAt - hypothesesMax * hypothesisBytes}
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

/* A profile that is copied to RAM lies behind the most hypotheses that there may be. */
#define TFMB_PROFILE_AT ${profileAt}
#ifndef TFMB_MEMORY_BYTES
#define TFMB_MEMORY_BYTES (TFMB_PROFILE_AT + ${room})
#endif

#endif
`;
}
