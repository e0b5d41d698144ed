// The metrics of the measured cell from its rows, each with the figure of counting alone beside it:
// in words, and of each RMSE as a metric of its own.

import { type Measurement } from "../../report.js";
import { type Drive } from "./lg_files.js";
import { type LgOutcome, type Sort } from "./rows.js";

/** Of the issue: mean sigma may be so many times the error, or this. */
const SIGMA_TIMES = 4;
const SIGMA_LEAST_PCT = 1;
const HONEST: Sort[] = [
  ...(["nominal", "offset", "gain", "label", "adc", "sparse", "middrive", "false"] as const),
];

const worstBy = (outcomes: LgOutcome[], of: (outcome: LgOutcome) => number) =>
  outcomes.reduce((a, b) => (of(b) > of(a) ? b : a));

const told = ({ row, figures }: LgOutcome) =>
  `${row.drive} ${row.name}; counting alone ${figures.counting.rmse_pct.toFixed(2)} / ` +
  `${figures.counting.max_pct.toFixed(2)} %`;

/** The metrics; `cell` says in words which cell file they are with. */
export function lgMetrics(outcomes: LgOutcome[], cell: string): Measurement[] {
  const some = (sort: Sort, ...drives: Drive[]) =>
    outcomes.filter(({ row }) => row.sort === sort && drives.includes(row.drive));
  const worst = (
    name: string,
    unit: string,
    of: LgOutcome[],
    value: (outcome: LgOutcome) => number,
  ): Measurement => {
    const found = worstBy(of, value);
    return { name, value: value(found), unit, of: `${told(found)}; ${cell}` };
  };
  const rmse = ({ figures }: LgOutcome) => figures.rmse_pct;
  /** The worst RMSE, and what counting alone makes of the same row. */
  const beside = (name: string, of: LgOutcome[], value = rmse): Measurement[] => {
    const { row, figures } = worstBy(of, value);
    const counting = `lg_counting_${name.replace("_over_nominal", "")}`;
    const alone = { value: figures.counting.rmse_pct, unit: "%" };
    return [
      worst(`lg_${name}`, "%", of, value),
      { name: counting, ...alone, of: `${row.drive} ${row.name}; without any voltage` },
    ];
  };
  const nominal = rmse(some("nominal", "25C")[0]!);
  const over = (outcome: LgOutcome) => rmse(outcome) - nominal;
  const recovery = ({ recovery_s }: LgOutcome) => recovery_s;
  const honest = outcomes.filter(({ row }) => HONEST.includes(row.sort));
  const excess = ({ figures }: LgOutcome) =>
    figures.sigma_mean_pct - Math.max(SIGMA_TIMES * figures.rmse_pct, SIGMA_LEAST_PCT);
  const least = worst("", "1", honest, ({ figures }) => -figures.within_2_sigma);
  const cold = [...some("gain", "0C", "m10C"), ...some("label", "0C", "m10C")];
  return [
    ...some("nominal", "40C", "25C", "0C", "m10C").flatMap((outcome) => {
      const name = `${outcome.row.drive}_la92`;
      return [
        ...beside(`${name}_rmse_pct`, [outcome]),
        worst(`lg_${name}_max_pct`, "%", [outcome], ({ figures }) => figures.max_pct),
      ];
    }),
    ...beside("fault_offset_rmse_over_nominal_pct", some("offset", "25C"), over),
    ...beside("fault_gain_rmse_pct", some("gain", "25C")),
    ...beside("fault_capacity_rmse_pct", some("label", "25C")),
    ...beside("fault_cold_rmse_pct", cold),
    ...beside("adc_10bit_rmse_over_nominal_pct", some("adc", "25C"), over),
    ...beside("600s_rmse_pct", some("sparse", "25C")),
    worst("lg_middrive_25C_recovery_s", "s", some("middrive", "25C"), recovery),
    worst("lg_middrive_cold_recovery_s", "s", some("middrive", "0C", "m10C"), recovery),
    worst("lg_false_sigma_recovery_s", "s", some("false", "25C"), recovery),
    { ...least, name: "lg_within_2_sigma_row_min", value: -least.value! },
    worst("lg_sigma_excess_max_pct", "%", honest, excess),
    ...beside("no_current_25C_rmse_pct", some("unmetered", "25C")),
    ...beside("no_current_0C_rmse_pct", some("unmetered", "0C")),
  ];
}

/** All rows as a table for people. */
export function lgTable(outcomes: LgOutcome[]): string {
  const head = "LG 18650HG2".padEnd(58) + "RMSE   MAX  2 sigma sigma  recovered   counting";
  const lines = outcomes.map(({ row, figures, recovery_s, recovered }) => {
    const { rmse_pct, max_pct, within_2_sigma, sigma_mean_pct, counting } = figures;
    const back = recovered ? `${recovery_s.toFixed(0)} s` : "never";
    return (
      `${row.drive.padEnd(5)}${row.name.padEnd(51)}${rmse_pct.toFixed(2).padStart(6)}` +
      `${max_pct.toFixed(1).padStart(6)}${within_2_sigma.toFixed(2).padStart(9)}` +
      `${sigma_mean_pct.toFixed(2).padStart(6)}${back.padStart(11)}` +
      `${counting.rmse_pct.toFixed(2).padStart(11)}`
    );
  });
  return [head, ...lines].join("\n");
}
