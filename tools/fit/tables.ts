// From scattered points to the values at the nodes of a table that is straight between them: linear
// least squares, with a weak wish for smoothness where there are no points.

import { Matrix, solve } from "ml-matrix";
import { segmentOf } from "./curve.js";

export interface Point {
  soc: number;
  value: number;
  /** One sigma of `value`. */
  sigma: number;
  /** Further unknowns, each with its factor in this point. */
  factors?: readonly number[];
}

/**
 * Values at `nodes`, then the further unknowns. `walk`: by how much neighbours may differ, one
 * sigma, per root of their distance, at a SOC. `guess`: the further unknowns, each with a sigma.
 */
export function throughNodes(
  nodes: readonly number[],
  points: readonly Point[],
  walk: (soc: number) => number,
  guess: readonly { value: number; sigma: number }[] = [],
): number[] {
  const count = nodes.length + guess.length;
  const rows: number[][] = [];
  const right: number[] = [];
  for (const { soc, value, sigma, factors } of points) {
    const row = new Array<number>(count).fill(0);
    const at = segmentOf(nodes, soc);
    const t = Math.min(Math.max((soc - nodes[at]!) / (nodes[at + 1]! - nodes[at]!), 0), 1);
    row[at] = (1 - t) / sigma;
    row[at + 1] = t / sigma;
    factors?.forEach((factor, i) => (row[nodes.length + i] = factor / sigma));
    rows.push(row);
    right.push(value / sigma);
  }
  for (let i = 0; i + 1 < nodes.length; i++) {
    const row = new Array<number>(count).fill(0);
    const [left, right_soc] = [nodes[i]!, nodes[i + 1]!];
    const sigma = walk((left + right_soc) / 2) * Math.sqrt(right_soc - left);
    row[i] = -1 / sigma;
    row[i + 1] = 1 / sigma;
    rows.push(row);
    right.push(0);
  }
  guess.forEach(({ value, sigma }, i) => {
    const row = new Array<number>(count).fill(0);
    row[nodes.length + i] = 1 / sigma;
    rows.push(row);
    right.push(value / sigma);
  });
  return solve(new Matrix(rows), Matrix.columnVector(right)).to1DArray();
}
