// What is plotted: which curves of a run share a panel, in which unit, colour and range.

import { type Run } from "./unpack.js";

/** A curve; `color` is a custom property of the style sheet. */
export interface Line {
  name: string;
  color: string;
  values: Float64Array;
  /** Each value is a mean since the row before. */
  stepped?: boolean;
  /** Shade from least to greatest where rows are binned. */
  envelope?: boolean;
  /** Of the line, in pixels. */
  width?: number;
  /** Points only. */
  points?: boolean;
}

/** A filled band. */
export interface Band {
  name: string;
  color: string;
  low: Float64Array;
  high: Float64Array;
}

export interface Panel {
  id: string;
  title: string;
  /** Label of the axis: quantity, unit. */
  axis: string;
  unit: string;
  decimals: number;
  height_px: number;
  band?: Band;
  lines: Line[];
  /** Rows of whose time it is to be seen that something is wrong, 1, or not, 0. */
  alarm?: { name: string; rows: Uint8Array };
  /** The axis reaches at least these. */
  least?: [number, number];
  /** The axis never goes beyond these. */
  limits?: [number, number];
  /** Offers a logarithmic axis that is linear below this value. */
  knee?: number;
}

type Columns = Run["columns"];
const each = (values: Float64Array, of: (value: number, row: number) => number) => values.map(of);
const clipped = (value: number, low: number, high: number) => Math.min(high, Math.max(low, value));

/** The estimate lives only while the node is on. */
function whileOn({ mode, off }: Run, values: Float64Array): Float64Array {
  return each(values, (value, row) => (mode[row] === off ? NaN : value));
}

function socPanel({ soc, sigma }: Columns, estimate: Float64Array): Panel {
  const edge = (sign: number) =>
    each(estimate, (value, row) => clipped(100 * (value + sign * 2 * sigma[row]!), 0, 100));
  return {
    id: "soc",
    title: "State of charge",
    axis: "SOC, %",
    unit: "%",
    decimals: 1,
    height_px: 230,
    band: { name: "estimate \u00b12\u03c3", color: "--band", low: edge(-1), high: edge(1) },
    lines: [
      {
        name: "truth",
        color: "--truth",
        values: each(soc, (value) => 100 * value),
        width: 2.6,
        envelope: true,
      },
      {
        name: "estimate",
        color: "--estimate",
        values: each(estimate, (value) => 100 * value),
        width: 1.3,
      },
    ],
    limits: [-2, 102],
  };
}

function errorPanel({ soc, sigma }: Columns, estimate: Float64Array): Panel {
  const error = each(estimate, (value, row) => 100 * (value - soc[row]!));
  const outside = each(error, (value, row) => (Math.abs(value) > 200 * sigma[row]! ? value : NaN));
  const edge = (sign: number) =>
    each(estimate, (value, row) => (Number.isNaN(value) ? NaN : sign * 200 * sigma[row]!));
  return {
    id: "error",
    title: "Error of the estimate",
    axis: "error, % SOC",
    unit: "%",
    decimals: 2,
    height_px: 150,
    band: { name: "\u00b12\u03c3", color: "--band", low: edge(-1), high: edge(1) },
    lines: [
      { name: "estimate \u2212 truth", color: "--estimate", values: error, envelope: true },
      { name: "beyond 2\u03c3", color: "--alarm", values: outside, points: true },
    ],
    least: [-1, 1],
    limits: [-100, 100],
  };
}

/** All panels of a run but the modes. */
export function panelsOf(run: Run): Panel[] {
  const { columns } = run;
  const estimate = whileOn(run, columns.estimate);
  const thousandth = (values: Float64Array) => each(values, (value) => value / 1000);
  const one = (id: string, title: string, axis: string, unit: string, line: Line) => ({
    ...{ id, title, axis, unit, decimals: 2, height_px: 130 },
    lines: [line],
  });
  return [
    socPanel(columns, estimate),
    errorPanel(columns, estimate),
    {
      ...one("voltage", "Terminal voltage", "voltage, V", "V", {
        ...{ name: "voltage", color: "--voltage", envelope: true },
        values: thousandth(columns.voltage_mV),
      }),
      decimals: 3,
    },
    {
      ...{ id: "current", title: "Currents, means between wakes", axis: "current, \u00b5A" },
      ...{ unit: "\u00b5A", decimals: 3, height_px: 170, knee: 0.01, least: [0, 0] },
      lines: [
        {
          ...{ name: "harvest", color: "--harvest", stepped: true, envelope: true },
          values: thousandth(columns.harvest_nA),
        },
        {
          ...{ name: "load", color: "--load", stepped: true, envelope: true },
          values: thousandth(columns.load_nA),
        },
      ],
    },
    {
      ...one("light", "Light", "illuminance, lx", "lx", {
        ...{ name: "light", color: "--light", stepped: true, envelope: true },
        values: columns.lux,
      }),
      ...{ decimals: 0, knee: 0.1, least: [0, 0] },
    },
    {
      ...one("temperature", "Temperature", "temperature, \u00b0C", "\u00b0C", {
        ...{ name: "temperature", color: "--temperature", envelope: true },
        values: columns.temperature_degC,
      }),
      decimals: 1,
    },
  ];
}
