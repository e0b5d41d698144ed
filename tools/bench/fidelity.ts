// The suite `fidelity`: how well the plant reproduces a measured cell from published parameters,
// how much its grid and its steps change, whether its energies add up, and its sources.

import { readPart, readScenario, type Parts } from "../../boards/parts.js";
import { USUAL_GRID } from "../../host/sim/grid.js";
import { Cell } from "../../host/sim/cell.js";
import { projectPath } from "../build/paths.js";
import { loadCore } from "../commands/simulate.js";
import { Heat } from "./fidelity/heat.js";
import { heatDifference, liveAndFollow, worstImbalance } from "./fidelity/month.js";
import {
  shareAtTaper,
  CONVERGED_GRID,
  dayDifference_mV,
  dischargeDifference_mV,
  endCapacity_mAh_cm2,
  halved,
  MEASURED_MAH_CM2,
  publishedCell,
  pulse_ohm,
  randomDay_nA,
} from "./fidelity/published_cell.js";
import { sources } from "./fidelity/sources.js";
import { type Measurement } from "./report.js";

const MONTH_H = 720;
/** Outdoors, where the temperature moves the chemical energy. */
const COLD_SITE = "po-valley-45N";
const SEEDS = [1, 2, 3];

const PUBLISHED = `published parameters, ${CONVERGED_GRID.volumes} volumes`;
const GRID = `${CONVERGED_GRID.volumes} volumes`;
const USUAL = `${USUAL_GRID.volumes} volumes, growth ${USUAL_GRID.growth}`;

const named = (rate: number) => `${String(rate).replace(".", "p")}C`;

/** Capacities to 3.0 V against the measured ones, and the usual grid against a converged one. */
function capacities(): Measurement[] {
  return MEASURED_MAH_CM2.flatMap(([rate, measured]) => {
    const computed = endCapacity_mAh_cm2(rate, CONVERGED_GRID);
    const usual = endCapacity_mAh_cm2(rate, USUAL_GRID);
    return [
      {
        name: `r20_capacity_error_${named(rate)}_pct`,
        value: 100 * Math.abs(computed / measured - 1),
        unit: "%",
        of: `${computed.toFixed(4)} against ${measured} mAh/cm2 to 3.0 V, 293 K, ${PUBLISHED}`,
      },
      {
        name: `r20_usual_grid_${named(rate)}_pct`,
        value: 100 * (usual / computed - 1),
        unit: "%",
        of: `capacity of ${USUAL}: ${usual.toFixed(4)} mAh/cm2, against ${GRID}`,
      },
    ];
  });
}

function chargeAndPulses(): Measurement[] {
  const pulses = [25, 0, -20].map((degC) => ({
    name: `r20_pulse_${degC < 0 ? `m${-degC}` : degC}C_ohm`,
    value: pulse_ohm(degC, CONVERGED_GRID),
    unit: "ohm",
    of: `1 mA for 1 s at ${degC} degC and SOC 0.5, voltage lost over current`,
  }));
  const taper = {
    name: "r20_cv_charge_at_taper_pct",
    value: 100 * shareAtTaper(CONVERGED_GRID),
    unit: "%",
    of: "share of a charge at 4.2 V that is in when the current falls to 0.1 mA; ST states > 90 %",
  };
  return [taper, ...pulses];
}

function convergence(): Measurement[] {
  const grids = [
    ["r20_grid_convergence_mV", CONVERGED_GRID],
    ["r20_grid_convergence_usual_mV", USUAL_GRID],
  ] as const;
  return grids.map(([name, grid]) => {
    const other = halved(grid);
    const discharge_mV = dischargeDifference_mV(grid, other);
    const day_mV = Math.max(...SEEDS.map((seed) => dayDifference_mV(grid, other, seed)));
    const along = `1C to 3.8 V ${discharge_mV.toFixed(3)} mV, random days ${day_mV.toFixed(3)} mV`;
    return {
      name,
      value: Math.max(discharge_mV, day_mV),
      unit: "mV",
      of: `${grid.volumes} volumes against ${other.volumes}: ${along}`,
    };
  });
}

/** Booked heat over integrated heat, minus 1, of a day of random minutes. */
function cellHeat(): Measurement {
  const worst = SEEDS.map((seed) => {
    const [cell, heat] = [new Cell(publishedCell(), 0.6), new Heat(publishedCell(), 0.6)];
    for (const nA of randomDay_nA(seed)) {
      cell.drive(nA, 60);
      heat.drive(nA, nA, 60);
    }
    const { ohmic, kinetic, diffusion, self_discharge } = cell.lost;
    return Math.abs((ohmic + kinetic + diffusion + self_discharge) / heat.total_pJ - 1);
  });
  return {
    name: "cell_heat_crosscheck",
    value: Math.max(...worst),
    unit: "1",
    of: "random days: heat booked in steps of a minute against heat integrated in steps of 10 s",
  };
}

/** The default scenario, and the same node outdoors in winter. */
async function months(hours: number): Promise<Measurement[]> {
  const root = projectPath("boards");
  const home = readScenario(root, "default-year");
  const site = readPart(root, "site", COLD_SITE);
  const cold: Parts = { ...home, site, climate: readPart(root, "climate", site.climate) };
  const core = await loadCore();
  const lived = [home, cold].map((parts) => liveAndFollow(core, parts, hours));
  const heat = lived.map((month) => heatDifference(month));
  const finer = lived.map((month) => heatDifference(month, halved(halved(USUAL_GRID))));
  const of = `a month of default-year, and of the same node at ${COLD_SITE}, the worse`;
  const worst = (values: number[]) => Math.max(...values.map(Math.abs));
  return [
    {
      name: "energy_port_balance_rel_max",
      value: Math.max(...lived.map(worstImbalance)),
      unit: "1",
      of: `${of}; charger, rail, cell and all: what does not add up over what went through`,
    },
    {
      name: "energy_heat_crosscheck_rel",
      value: worst(heat),
      unit: "1",
      of: `${of}; heat booked by the cell against heat integrated in steps of at most 10 s`,
    },
    {
      name: "energy_heat_grid_rel",
      value: worst(finer),
      unit: "1",
      of: `${of}; the same heat on four times as many volumes`,
    },
  ];
}

export async function fidelity(hours = MONTH_H): Promise<Measurement[]> {
  return [
    ...capacities(),
    ...chargeAndPulses(),
    ...convergence(),
    cellHeat(),
    ...(await months(hours)),
    ...sources(),
  ];
}
