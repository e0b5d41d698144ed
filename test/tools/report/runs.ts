// Made-up runs for the report's tests: a year and three hours, with gaps, off times and extremes.

import { Mode } from "../../../host/core/abi.js";
import { Random } from "../../../host/sim/random.js";
import { OFF, RunTrace } from "../../../host/sim/record.js";
import { type RunNumbers } from "../../../tools/report/numbers.js";

const DAY_S = 86400;
const CAPACITY_NAH = 50_000;

export const NUMBERS: RunNumbers = {
  scenario: "office-year",
  title: "A year in an office: 50 \u00b5Ah, indoor panel, BLE temperature logger",
  cell: "enerchip-50uAh",
  board: "nrf52840-pv",
  load: "temperature-logger",
  site: "office-north",
  seed: 7,
  commit: "df22ecf",
  hours: 8760,
  energy: {
    harvest: {
      available_mJ: 912_400,
      drawn_mJ: 611_200,
      delivered_mJ: 512_890,
    },
    used: { sleep_mJ: 118_900, active_mJ: 91_300, events_mJ: 214_800, gauge_mJ: 1_930 },
    lost: {
      conversion_mJ: 98_310,
      quiescent_mJ: 21_450,
      resistance_mJ: 21_700,
      self_discharge_mJ: 1_020,
      leak_mJ: 18_250,
      surplus_mJ: 23_620,
      ceiling_mJ: 12,
    },
    stored: { cell_mJ: -112, capacitor_mJ: 20 },
  },
  charge: {
    in: { harvest_nAh: 34_820_000, stored_nAh: 31_113_000 },
    out: { sleep_nAh: 8_310_000, active_nAh: 6_402_000, events_nAh: 15_022_000 },
    self_discharge_nAh: 71_400,
  },
  soc: { start: 0.75, end: 0.69, min: 0.031, max: 1 },
  estimate: {
    rms_error: 0.0312,
    worst_error: 0.114,
    within_2_sigma: 0.953,
    last_sigma: 0.021,
    error_in_sigma: -0.4,
  },
  events: [
    { name: "upload", done: 18_120, refused: 2_330 },
    { name: "advert", done: 251_402, refused: 41_007 },
  ],
  modes: { sleep_h: 7_400.5, active_h: 1_100.2, burst_h: 151, survival_h: 60.3 },
  brownouts: 3,
  off_h: 48,
  limits: ["voltage_low recommended", "voltage_high operating"],
  vetoes: ["events"],
  unenforced: ["charge_current"],
  node_cost: { step_uJ: 0.42, steps: 52_560, journal: { records: 812, energy_mJ: 42.2 } },
};

/** What a node might live through: light by day, the cell between empty and full. */
function fill(trace: RunTrace, dt_s: number, offAt: (row: number) => boolean): void {
  const random = new Random(7);
  let [soc, error, cloud] = [0.75, 0, 0];
  for (let row = 0; row < trace.rows_max; row++) {
    const t_s = (row + 1) * dt_s;
    const day = t_s / DAY_S;
    const sun = Math.sin(Math.PI * 2 * (day - 0.27)) - 0.15 * Math.cos((2 * Math.PI * day) / 365);
    cloud += 0.1 * (random.normal() - cloud);
    const weekday = Math.floor(day) % 7 < 5;
    const lamp = weekday && day % 1 > 0.33 && day % 1 < 0.76 ? 320 : 0;
    const season = 1 - 0.6 * Math.cos((2 * Math.PI * day) / 365);
    const lux = Math.max(0, sun) * 300 * season * Math.exp(2 * cloud) + lamp;
    // what is booked in a row happened before it
    const [off, wasOff] = [offAt(row), offAt(row - 1)];
    const load_nA = wasOff ? 0 : 700 + 6000 * soc * random.uniform() ** 4;
    const harvest_nA = soc > 0.999 ? Math.min(load_nA, lux * 5.5) : lux * 5.5;
    soc += ((harvest_nA - load_nA) * dt_s) / 3600 / CAPACITY_NAH;
    soc = Math.min(1, Math.max(0.02, soc));
    error += -0.01 * error + 0.003 * random.normal();
    const temperature_degC = 21 - 4 * Math.cos((2 * Math.PI * day) / 365) + 2 * sun + cloud;
    trace.t_s[row] = t_s;
    trace.lux[row] = lux;
    trace.temperature_degC[row] = temperature_degC;
    trace.soc[row] = soc;
    trace.estimate[row] = Math.min(1, Math.max(0, soc + error));
    trace.sigma[row] = 0.02 + 0.01 * (1 - soc);
    trace.voltage_mV[row] = 3880 + 250 * soc + 60 * Math.tanh(9 * (soc - 0.9)) + random.normal();
    trace.harvest_nA[row] = harvest_nA;
    trace.load_nA[row] = load_nA;
    const mode = soc < 0.08 ? Mode.survival : soc > 0.99 ? Mode.burst : Mode.active;
    trace.mode[row] = off ? OFF : lux === 0 && mode === Mode.active ? Mode.sleep : mode;
  }
  trace.count = trace.rows_max;
}

/** 52,560 wakes, off for two days, and without an estimate for one. */
export function yearRun(): { numbers: RunNumbers; trace: RunTrace } {
  const trace = new RunTrace(52_560);
  fill(trace, 600, (row) => row > 43_200 && row <= 43_488);
  trace.estimate.fill(NaN, 20_000, 20_144);
  return { numbers: NUMBERS, trace };
}

/** 360 wakes of 30 s, off for half an hour; the rest of the trace was never filled. */
export function hoursRun(): { numbers: RunNumbers; trace: RunTrace } {
  const trace = new RunTrace(360);
  fill(trace, 30, (row) => row > 200 && row <= 260);
  trace.count = 360;
  const energy = {
    harvest: { drawn_mJ: 0, delivered_mJ: 0 },
    used: { sleep_mJ: 41.2, events_mJ: 8.04 },
    lost: { leak_mJ: 0.55 },
    stored: { cell_mJ: -49.7 },
  };
  const title = "Three hours in the dark";
  const soc = { start: 0.75, end: 0.66, min: 0.66, max: 0.75 };
  const numbers = { ...NUMBERS, scenario: "dark-hours", title, hours: 3, off_h: 0.5, soc, energy };
  return { numbers, trace };
}

/** Every column with values no plant should give. */
export function extremeRun(): { numbers: RunNumbers; trace: RunTrace } {
  const { numbers, trace } = hoursRun();
  trace.lux.set([Infinity, -Infinity, NaN, 3e38, -1e9, 1e-40], 10);
  trace.harvest_nA.set([3e38, NaN, -1e12], 40);
  trace.soc.set([-50, 1e6], 60);
  trace.sigma.set([Infinity, 1e20, 0], 70);
  trace.temperature_degC.fill(NaN);
  trace.voltage_mV.fill(0);
  trace.mode.fill(77, 100, 120);
  const energy = {
    harvest: { drawn_mJ: NaN, delivered_mJ: NaN, odd_mJ: Infinity },
    used: { sleep_mJ: -5, huge_mJ: 1e30 },
    lost: {},
    stored: { cell_mJ: 0 },
  };
  return { numbers: { ...numbers, energy, events: [], hours: 3 }, trace };
}

/** The element of a report that holds the rows. */
export const rowsOf = (page: string): string =>
  /<script type="application\/json" id="run">\s*(.*?)\s*<\/script>/s.exec(page)?.[1] ?? "";
