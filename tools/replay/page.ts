// What `tfmb replay` prints: the figures, the error by SOC, and the error over time as a curve.

import { drawCurve } from "../commands/braille.js";
import { labelled, pageColumns, wrapped } from "../commands/width.js";
import { ampereHours } from "./branches.js";
import { type Band } from "./figures.js";
import { faultsOf, healthOf, type ReplayNumbers } from "./numbers.js";
import { type ReplayTrace } from "./replay.js";

const ROWS = 7;
const LABEL = 14;
const BAND = 7;
const PERCENT = 100;
const PER_H = 3600;

/** A label and what stands behind it. */
type Row = readonly [label: string, text: string];

const pct = (value: number) => `${value.toFixed(2)} %`;
const share = (value: number) => `${(PERCENT * value).toFixed(1)} %`;

/** The value at or before a place in 0..1 of the time. */
function overTime({ t_s }: ReplayTrace, of: (row: number) => number): (x: number) => number {
  const last_s = t_s.at(-1)!;
  let row = 0;
  return (x) => {
    if (t_s[row]! > x * last_s) row = 0;
    while (row + 1 < t_s.length && t_s[row + 1]! <= x * last_s) row++;
    return of(row);
  };
}

/** Error of the core, percent of SOC, over the time of the replay. */
function errorPlot(trace: ReplayTrace, width: number): string[] {
  const error = (row: number) => PERCENT * (trace.estimate[row]! - trace.reference[row]!);
  const errors = Array.from(trace.t_s, (_, row) => error(row));
  const low = Math.min(0, ...sampled(errors));
  const high = Math.max(0, ...sampled(errors));
  const room = Math.max(0.05, 0.05 * (high - low));
  const x_unit = `% of ${(trace.t_s.at(-1)! / PER_H).toFixed(1)} h`;
  const curve = { at: overTime(trace, error), low: low - room, high: high + room };
  return drawCurve({ ...curve, y_unit: "%", x_unit }, width, ROWS);
}

/** Few enough to spread as arguments; extremes of each piece. */
function sampled(values: readonly number[]): number[] {
  const size = Math.ceil(values.length / 1000);
  return Array.from({ length: Math.ceil(values.length / size) }, (_, i) => {
    const piece = values.slice(i * size, (i + 1) * size);
    return piece.reduce((a, b) => (Math.abs(b) > Math.abs(a) ? b : a));
  });
}

/** Error in each tenth of the true SOC, as many beside each other as the page is wide. */
function bandRows({ bands }: ReplayNumbers, width: number): Row[] {
  const beside = Math.min(bands.length, Math.floor((width - LABEL) / BAND));
  const row = (of: (band: Band) => string, from: number) =>
    bands
      .slice(from, from + beside)
      .map((band) => of(band).padStart(BAND))
      .join("");
  return Array.from({ length: Math.ceil(bands.length / beside) }, (_, i) => i * beside).flatMap(
    (from): Row[] => [
      ["SOC %", row(({ from_pct, to_pct }) => `${from_pct}-${to_pct}`, from)],
      ["RMSE %", row(({ rmse_pct }) => rmse_pct.toFixed(2), from)],
      ["MAX %", row(({ max_pct }) => max_pct.toFixed(2), from)],
    ],
  );
}

/** Whether a branch counts other than as the tester counted it, to the digits that are shown. */
const scaled = ({ factor }: { factor: number }) => factor.toFixed(3) !== "1.000";

/** Branches of one file that count as they are, taken together. */
function together(branches: ReplayNumbers["branches"]): ReplayNumbers["branches"] {
  return branches.reduce<ReplayNumbers["branches"]>((rows, branch) => {
    const before = rows.at(-1);
    const alike = before?.file === branch.file && !scaled(before) && !scaled(branch);
    if (!alike) return [...rows, branch];
    const charge_nAh = before.charge_nAh + branch.charge_nAh;
    return [...rows.slice(0, -1), { ...before, to_soc: branch.to_soc, charge_nAh }];
  }, []);
}

/** How the true SOC is counted, where it is not by one counter alone. */
function branchRows({ branches }: ReplayNumbers): Row[] {
  const rows = together(branches);
  if (rows.length < 2 && !rows.some(scaled)) return [];
  const widest = Math.max(...rows.map(({ file }) => file.length));
  return rows.map(({ file, from_soc, to_soc, charge_nAh, factor }, i) => {
    const way = `${share(from_soc)} to ${share(to_soc)}`.padEnd(19);
    const counted = scaled({ factor }) ? `, times ${factor.toFixed(3)} to end full` : "";
    const name = file.padEnd(widest);
    return [i === 0 ? "truth" : "", `${name} ${way}${ampereHours(charge_nAh)}${counted}`];
  });
}

/** What was replayed. */
function recordRows(numbers: ReplayNumbers, wakes: number): Row[] {
  const { start, sensing, soc_first, soc_last, length_s, settle_s } = numbers;
  const hours = (length_s / PER_H).toFixed(2);
  const told =
    start === null
      ? "read from the first voltage"
      : `told ${share(start.soc)} +- ${share(start.sigma)}`;
  const soc = `SOC ${share(soc_first)} to ${share(soc_last)}`;
  const faults = faultsOf(numbers);
  const { rejected } = numbers;
  const refused = `${rejected} values that the core excluded as impossible`;
  return [
    ["record", `${wakes} wakes in ${hours} h, ${soc}; charge by ${sensing.charge}`],
    ...branchRows(numbers),
    ["start", `${told}; errors count from ${settle_s} s on`],
    ...faults.map((fault, i): Row => [i === 0 ? "faults" : "", fault]),
    ...(rejected > 0 ? [["refused", refused] as const] : []),
    ...numbers.warnings.map((warning, i): Row => [i === 0 ? "warnings" : "", warning]),
  ];
}

/** The page for people, as wide as their terminal, up to 100 columns. */
export function replayPage(
  numbers: ReplayNumbers,
  trace: ReplayTrace,
  width = pageColumns(),
): string {
  const said = (rows: Row[]) =>
    rows.flatMap(([label, text]) => labelled(`  ${label}`, text, LABEL, width));
  const { rmse_pct, max_pct, max_at_s, bias_pct, counting, recovery_s } = numbers;
  const core = `RMSE ${pct(rmse_pct)}, MAX ${pct(max_pct)} at ${max_at_s.toFixed(0)} s`;
  const alone = `RMSE ${pct(counting.rmse_pct)}, MAX ${pct(counting.max_pct)}`;
  const from = numbers.start === null ? "true" : "told";
  const [capacity, resistance] = healthOf(numbers);
  const covered =
    `${share(numbers.within_1_sigma)} of errors within 1, ` +
    `${share(numbers.within_2_sigma)} within 2`;
  const back = recovery_s === undefined ? "never" : `from ${recovery_s.toFixed(0)} s on`;
  return [
    ...wrapped(
      `${numbers.file} through the core as ${numbers.cell}, scale ${numbers.scale} : 1`,
      width,
    ),
    "",
    ...said(recordRows(numbers, trace.t_s.length)),
    "",
    ...said([
      ["core", `${core}, mean ${pct(bias_pct)}`],
      ["counting", `${alone}: the same charge from the ${from} start, no voltage`],
      ["sigma", `${pct(numbers.sigma_mean_pct)} in the mean; ${covered}`],
      ["capacity", capacity],
      ["resistance", resistance],
      ["recovered", `${back} (below ${numbers.recovered_pct} % for 300 s)`],
    ]),
    "",
    ...said(bandRows(numbers, width)),
    "",
    "  error of the core, % of SOC",
    ...errorPlot(trace, width),
  ].join("\n");
}
