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

const PLAIN_TRUNC = `#else
#define TRUNC_S(ut, st, ft, min, minop, max, x) ((ut)(st)(x))
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
  writeFileSync(path, text);
}

/** Text of tfmb_plan.h: where the static plan ends and how much memory to reserve. */
export function planHeader(planEnd: number, profileRoom: number): string {
  const bytes = Math.ceil((planEnd + profileRoom) / 16) * 16;
  return `/* Made by tools/build.ts with core.c: the static memory plan of this core. */
#ifndef TFMB_PLAN_H
#define TFMB_PLAN_H

/* Bytes of linear memory that the core itself uses; a profile lies behind, or in flash. */
#define TFMB_PLAN_BYTES ${planEnd}
#ifndef TFMB_MEMORY_BYTES
#define TFMB_MEMORY_BYTES ${bytes}
#endif

#endif
`;
}
