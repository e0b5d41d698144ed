// A converter's efficiency over input voltage and current: bilinear over the voltage and the
// logarithm of the current, held beyond the ends, kept within 0 and 1.

/** Rows by input voltage, columns by input current. */
export interface EfficiencyTable {
  input_mV: number[];
  input_uA: number[];
  rows: number[][];
}

export function efficiencyAt(
  { input_mV, input_uA, rows }: EfficiencyTable,
  voltage_mV: number,
  current_uA: number,
): number {
  const row = segment(input_mV, voltage_mV);
  const column = segment(input_uA, current_uA);
  const [low, high] = [input_mV[row]!, input_mV[row + 1]!];
  const t = share((voltage_mV - low) / (high - low));
  const [little, much] = [Math.log(input_uA[column]!), Math.log(input_uA[column + 1]!)];
  const s = share((Math.log(current_uA) - little) / (much - little));
  const along = (r: number) => rows[r]![column]! * (1 - s) + rows[r]![column + 1]! * s;
  return share(along(row) * (1 - t) + along(row + 1) * t);
}

const share = (x: number) => Math.min(Math.max(x, 0), 1);

/** Index of the node left of `x`, at most the last but one. */
function segment(nodes: readonly number[], x: number): number {
  let i = 0;
  while (i < nodes.length - 2 && nodes[i + 1]! <= x) i++;
  return i;
}
