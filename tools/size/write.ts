// What `tfmb size --out DIR` leaves: size.json, map.csv and map.svg.

import { writeWhole } from "../report/whole_files.js";
import { mapSvg } from "./chart.js";
import { type SizeNumbers } from "./numbers.js";
import { wilson } from "./statistics.js";

const DIGITS = 6;

/** One row a pair of the grid; shares are fractions, bounds those of wilson(). */
export function mapCsv({ map }: SizeNumbers): string {
  const rows = map.map(({ cell_uAh, panels, years, bad_years, bad_share, frontier }) => {
    const { low, high } = wilson(bad_years, years);
    const bounds = [low, high].map((bound) => Number(bound.toPrecision(DIGITS)));
    return [cell_uAh, panels, years, bad_years, bad_share, ...bounds, frontier ? 1 : 0].join(",");
  });
  const header = "cell_uAh,panels,years,bad_years,bad_share,bad_share_low,bad_share_high,frontier";
  return `${[header, ...rows].join("\n")}\n`;
}

/** Writes them into `dir`, which is made. Throws ReportError. */
export function writeSize(dir: string, numbers: SizeNumbers): void {
  writeWhole(dir, {
    "size.json": `${JSON.stringify(numbers, null, 2)}\n`,
    "map.csv": mapCsv(numbers),
    "map.svg": mapSvg(numbers),
  });
}
