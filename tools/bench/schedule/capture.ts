// The figures of the manager of the operating ratio, and their table.

import { type Measurement } from "../report.js";
import { curvesByLux, joggingCurves, JOGGING_STEP_S } from "./measured_curves.js";
import { captureOf } from "./operating_point.js";

export interface Captures {
  measured: Measurement[];
  table: string;
}

export function captures(folder: string): Captures {
  const jogging = captureOf(joggingCurves(folder), JOGGING_STEP_S);
  const byLux = curvesByLux(folder).map(({ name, curve }) => ({ name, ...captureOf([curve], 1) }));
  const worst = byLux.reduce((least, next) => (next.share < least.share ? next : least));
  const strapped = byLux.reduce((least, next) => (next.strapped < least.strapped ? next : least));
  const line = (name: string, own: number, strap: number, tries: number, ratio: number) =>
    `${name.padEnd(24)}${own.toFixed(4).padStart(8)}${strap.toFixed(3).padStart(9)}` +
    `${String(tries).padStart(7)}${ratio.toFixed(2).padStart(7)}`;
  const head = "share of the true maximum   ours  at 0.80  tries  ends";
  const rows = [{ name: "jogging, 10 minutes", ...jogging }, ...byLux];
  return {
    measured: [
      {
        ...{ name: "mpp_jogging_share", value: jogging.share, unit: "1" },
        of: "the core's manager, sampling, tries and time awake paid, of the true maximum",
      },
      {
        ...{ name: "mpp_lux_curves_share_min", value: worst.share, unit: "1" },
        of: `worst of ${byLux.length} curves, a day each: ${worst.name}`,
      },
      {
        ...{ name: "mpp_lux_curves_strapped_min", value: strapped.strapped, unit: "1" },
        of: `the same at the fixed ratio 0.8: ${strapped.name}`,
      },
    ],
    table: [
      head,
      ...rows.map((row) => line(row.name, row.share, row.strapped, row.tries, row.ratio)),
    ].join("\n"),
  };
}
