// What `tfmb replay` prints: the figures, the error by SOC, and the error over time as a curve.

import { drawCurve } from "../commands/braille.js";
import { ampereHours } from "./branches.js";
import { type Band } from "./figures.js";
import { faultsOf, healthOf, type ReplayNumbers } from "./numbers.js";
import { type ReplayTrace } from "./replay.js";

const WIDTH = 92;
const ROWS = 7;
const LABEL = 14;
const NAME = 34;
const PERCENT = 100;
const PER_H = 3600;

const line = (label: string, text: string) => `  ${label.padEnd(LABEL - 2)}${text}`;
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
function errorPlot(trace: ReplayTrace): string[] {
  const error = (row: number) => PERCENT * (trace.estimate[row]! - trace.reference[row]!);
  const errors = Array.from(trace.t_s, (_, row) => error(row));
  const low = Math.min(0, ...sampled(errors));
  const high = Math.max(0, ...sampled(errors));
  const room = Math.max(0.05, 0.05 * (high - low));
  const x_unit = `% of ${(trace.t_s.at(-1)! / PER_H).toFixed(1)} h`;
  const curve = { at: overTime(trace, error), low: low - room, high: high + room };
  return drawCurve({ ...curve, y_unit: "%", x_unit }, WIDTH, ROWS);
}

/** Few enough to spread as arguments; extremes of each piece. */
function sampled(values: readonly number[]): number[] {
  const size = Math.ceil(values.length / 1000);
  return Array.from({ length: Math.ceil(values.length / size) }, (_, i) => {
    const piece = values.slice(i * size, (i + 1) * size);
    return piece.reduce((a, b) => (Math.abs(b) > Math.abs(a) ? b : a));
  });
}

/** Error in each tenth of the true SOC. */
function bandLines({ bands }: ReplayNumbers): string[] {
  const row = (of: (band: Band) => string) => bands.map((band) => of(band).padStart(7)).join("");
  return [
    line(
      "SOC %",
      row(({ from_pct, to_pct }) => `${from_pct}-${to_pct}`),
    ),
    line(
      "RMSE %",
      row(({ rmse_pct }) => rmse_pct.toFixed(2)),
    ),
    line(
      "MAX %",
      row(({ max_pct }) => max_pct.toFixed(2)),
    ),
  ];
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
function branchLines({ branches }: ReplayNumbers): string[] {
  const rows = together(branches);
  if (rows.length < 2 && !rows.some(scaled)) return [];
  return rows.map(({ file, from_soc, to_soc, charge_nAh, factor }, i) => {
    const way = `${share(from_soc)} to ${share(to_soc)}`.padEnd(19);
    const counted = scaled({ factor }) ? `, times ${factor.toFixed(3)} to end full` : "";
    const name = file.length > NAME ? `${file.slice(0, NAME - 3)}...` : file.padEnd(NAME);
    return line(i === 0 ? "truth" : "", `${name} ${way}${ampereHours(charge_nAh)}${counted}`);
  });
}

/** What was replayed. */
function recordLines(numbers: ReplayNumbers, wakes: number): string[] {
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
    line("record", `${wakes} wakes in ${hours} h, ${soc}; charge by ${sensing.charge}`),
    ...branchLines(numbers),
    line("start", `${told}; errors count from ${settle_s} s on`),
    ...faults.map((fault, i) => line(i === 0 ? "faults" : "", fault)),
    ...(rejected > 0 ? [line("refused", refused)] : []),
    ...numbers.warnings.map((warning, i) => line(i === 0 ? "warnings" : "", warning)),
  ];
}

/** Lines of at most 100 columns. */
export function replayPage(numbers: ReplayNumbers, trace: ReplayTrace): string {
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
    `${numbers.file} through the core as ${numbers.cell}, scale ${numbers.scale} : 1`,
    "",
    ...recordLines(numbers, trace.t_s.length),
    "",
    line("core", `${core}, mean ${pct(bias_pct)}`),
    line("counting", `${alone}: the same charge from the ${from} start, no voltage`),
    line("sigma", `${pct(numbers.sigma_mean_pct)} in the mean; ${covered}`),
    line("capacity", capacity),
    line("resistance", resistance),
    line("recovered", `${back} (below ${numbers.recovered_pct} % for 300 s)`),
    "",
    ...bandLines(numbers),
    "",
    "  error of the core, % of SOC",
    ...errorPlot(trace),
  ].join("\n");
}
