// Numbers as people write them: a few digits and the prefix that keeps them between 1 and 1000.

const PREFIXES = ["p", "n", "u", "m", "", "k", "M", "G"];
const PLAIN = PREFIXES.indexOf("");

/** A number to so many digits, without zeros at its end. */
export const rounded = (value: number, digits = 3): string =>
  String(Number(value.toPrecision(digits)));

/** Thousands above or below 1, where there is a prefix. */
function thousandsOf(value: number, digits: number): number {
  const round = Math.abs(Number(value.toPrecision(digits)));
  if (round === 0) return 0;
  const thousands = Math.floor(Math.log10(round) / 3 + 1e-9);
  return Math.min(Math.max(thousands, -PLAIN), PREFIXES.length - 1 - PLAIN);
}

/** `133, 200, 266 uA`: all with the prefix that the largest needs. */
export function engineeringList(values: readonly number[], unit: string, digits = 3): string {
  const largest = Math.max(...values.map(Math.abs));
  const thousands = thousandsOf(largest, digits);
  const numbers = values.map((value) => rounded(value / 1000 ** thousands, digits));
  return `${numbers.join(", ")} ${PREFIXES[PLAIN + thousands]}${unit}`;
}

/** `50 uAh` of (50e-6, "Ah"). */
export const engineering = (value: number, unit: string, digits = 3): string =>
  engineeringList([value], unit, digits);
