// The bank of hypotheses as it lies in the core's memory, behind the areas: for tests that look
// into the filters.

import { readFileSync } from "node:fs";
import { AREAS_END } from "../../host/core/abi.js";
import { readBank } from "../../tools/build/core_c.js";
import { projectPath } from "../../tools/build/paths.js";
import { type NodeUnderTest } from "./node_under_test.js";

const STATES = 8;
/** Of each (assembly/gauge/hypothesis.ts). */
const REALS = 48;
const WEIGHT = 46;
const BANK_AT = readBank(
  readFileSync(projectPath("assembly/gauge/hypothesis.ts"), "utf8"),
  AREAS_END,
).bankAt;

export interface Hypothesis {
  state: number[];
  /** Full and symmetric. */
  covariance: number[][];
  weight: number;
}

/** The hypotheses that are alive, in the builds in single precision. */
export function bankOf(node: NodeUnderTest): Hypothesis[] {
  const bytes = 4 * REALS;
  return Array.from({ length: node.get("warm", "alive") }, (_, index) => {
    const words = new Float32Array(node.core.memory.buffer, BANK_AT + index * bytes, REALS);
    const entry = (i: number, k: number) => {
      const [row, column] = i > k ? [i, k] : [k, i];
      return words[STATES + (row * (row + 1)) / 2 + column]!;
    };
    const all = Array.from({ length: STATES }, (_, i) => i);
    return {
      state: all.map((i) => words[i]!),
      covariance: all.map((i) => all.map((k) => entry(i, k))),
      weight: words[WEIGHT]!,
    };
  });
}

/** Smallest pivot of the correlation matrix's Cholesky factor, squared; above 0: positive. */
export function leastPivot(covariance: number[][]): number {
  const factor: number[][] = [];
  let least = Infinity;
  for (const [i, row] of covariance.entries()) {
    const own: number[] = [];
    factor.push(own);
    for (let k = 0; k <= i; k++) {
      const scale = Math.sqrt(covariance[i]![i]! * covariance[k]![k]!);
      let sum = row[k]! / scale;
      for (let j = 0; j < k; j++) sum -= own[j]! * factor[k]![j]!;
      if (i === k) least = Math.min(least, sum);
      own.push(i === k ? Math.sqrt(Math.max(sum, 1e-12)) : sum / factor[k]![k]!);
    }
  }
  return least;
}
