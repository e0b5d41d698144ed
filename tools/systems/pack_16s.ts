// Sixteen cells of 500 um x 500 um in series as a buffer for a MEMS device: the voltage of the
// string over its charge with the review's 51.3 V beside it, how long it carries the device through
// a shadow, and what the weakest of sixteen specimens costs.

import { readPart, type Parts } from "../../boards/parts.js";
import { scaleCell } from "../../boards/scale.js";
import { plain } from "../../boards/schema/quantity.js";
import { type Core } from "../../host/core/core.js";
import { projectPath } from "../build/paths.js";
import { ALIKE, currentFor_nA, emptied, type Emptied } from "./string_discharge.js";
import { type Picture } from "./plot.js";
import {
  digits,
  estimateFigure,
  hoursOf,
  lived,
  partsOfSystem,
  type Figure,
  type System,
} from "./system.js";

const NAME = "pack-16s";
const CELLS = 16;
/** The review, section 5 on Kuriyama 2018 [233]. */
const PAPER_V = 51.3;
/** The other chemistry that the question of the voltage is put to. */
const OTHER = "lfp-25uAh";
const SHOWN_H = 2;

type CellPart = Parts["cell"];

/** The string of a cell of this part, from full, at a rate that empties it in so many hours. */
function stringOf(cell: CellPart, seed: number, hours: number, alike = false): Emptied {
  const { physics: of, profile } = plain(cell);
  const physics = alike ? { ...of, spread: ALIKE } : of;
  return emptied({
    ...{ physics, cells: CELLS, seed, start_soc: 1 },
    cut_off_mV: profile.voltage_min_mV[2]!,
    current_nA: profile.capacity_nAh / hours,
  });
}

/** SOC at which the string passes the review's voltage, or that it ends above it. */
function socAt(of: Emptied): string {
  const at = of.string_mV.findIndex((mV) => mV < 1000 * PAPER_V);
  if (at >= 0) return `at ${digits(100 * of.soc[at]!, 2)} % SOC`;
  return `not reached (${digits(of.string_mV.at(-1)! / 1000)} V at its end)`;
}

const halfway_V = (of: Emptied): number =>
  of.string_mV[of.soc.findIndex((soc) => soc < 0.5)]! / 1000;

/** Something of a string over its charge. */
const over = (of: Emptied, y: (i: number) => number) => ({
  x: of.soc.map((soc) => 100 * soc),
  y: of.soc.map((_, i) => y(i)),
});

function look(core: Core) {
  const parts = partsOfSystem(NAME);
  const { seed } = parts.scenario;
  const { trace, run: done } = lived(core, NAME, parts);
  const volts = Array.from(trace.voltage_mV.subarray(0, trace.count), (mV) => (CELLS * mV) / 1000);
  const load_nA = parts.board.physics.supply.sleep_nA.value;
  const hours = parts.cell.profile.capacity_nAh.value / load_nA;
  const lco = stringOf(parts.cell, seed, hours);
  const lfpPart = readPart(projectPath("boards"), "cell", OTHER);
  const equal = stringOf(parts.cell, seed, hours, true);
  const drop_nA = currentFor_nA(plain(parts.cell).physics, 0.5, (1000 * PAPER_V) / CELLS);
  const area = parts.cell.physics.area_cm2.value / lfpPart.physics.area_cm2.value;
  const lfp = stringOf(scaleCell(lfpPart, area), seed, hours);
  const alone_mV = lco.least_mV.map((mV, i) => lco.string_mV[i]! / CELLS - mV);
  const midway = lco.soc.findIndex((soc) => soc < 0.5);
  const shown = hoursOf(trace).filter((h) => h < SHOWN_H).length;
  const x = hoursOf(trace).slice(0, shown);
  return { done, volts, load_nA, lco, equal, drop_nA, lfp, alone_mV, midway, shown, x };
}

type Seen = ReturnType<typeof look>;

function figuresOf(seen: Seen): Figure[] {
  const { done, load_nA, lco, equal, drop_nA, lfp, alone_mV, midway, volts } = seen;
  return [
    {
      what: "voltage of the string, LiCoO2, half charged",
      review: "51.3 V",
      run: `${digits(halfway_V(lco))} V`,
    },
    {
      what: "voltage of the string, LiFePO4, half charged",
      review: "51.3 V",
      run: `${digits(halfway_V(lfp))} V`,
    },
    { what: "51.3 V in a string of LiCoO2", review: "51.3 V", run: socAt(lco) },
    {
      what: "current that pulls half-charged LiCoO2 to 51.3 V",
      review: "",
      run: `${digits(drop_nA / 1000, 2)} uA`,
    },
    { what: "51.3 V in a string of LiFePO4", review: "51.3 V", run: socAt(lfp) },
    {
      what: "time the full string carries the device in the dark",
      review: "",
      run: `${digits(lco.hours)} h at ${digits(load_nA / 1000)} uA`,
    },
    {
      what: "left when the weakest cell is empty",
      review: "",
      run: `${digits(100 * lco.left, 2)} % (of equal cells ${digits(100 * equal.left, 2)} %)`,
    },
    {
      what: "weakest cell under the mean, half full; empty",
      review: "",
      run: `${digits(alone_mV[midway]!, 2)} mV; ${digits(alone_mV.at(-1)!, 2)} mV`,
    },
    {
      what: "voltage through passing shadows, 16 times one cell's",
      review: "buffer in shading",
      run: `${digits(Math.min(...volts))} to ${digits(Math.max(...volts))} V`,
    },
    { what: "times the device lost its supply", review: "", run: String(done.brownouts) },
    estimateFigure(done),
  ];
}

function pictureOf({ volts, lco, lfp, alone_mV, shown, x }: Seen): Picture {
  return {
    title: "Sixteen cells of 500 \u00b5m x 500 \u00b5m in series",
    panels: [
      {
        ...{ x: "mean SOC, %", y: "voltage of the string, V", from: 46 },
        lines: [
          { name: "LiCoO2", ...over(lco, (i) => lco.string_mV[i]! / 1000) },
          { name: "LiFePO4", ...over(lfp, (i) => lfp.string_mV[i]! / 1000) },
        ],
        marks: [{ name: "the review: 51.3 V", y: PAPER_V }],
      },
      {
        ...{ x: "mean SOC, %", y: "weakest cell under the mean, mV" },
        lines: [{ name: "LiCoO2", ...over(lco, (i) => alone_mV[i]!) }],
      },
      {
        ...{ x: "h", y: "16 times one cell, V, a shadow every ten minutes" },
        lines: [{ name: "voltage", x, y: volts.slice(0, shown) }],
      },
    ],
  };
}

export const packOfSixteen: System = {
  name: NAME,
  run: (core) => {
    const seen = look(core);
    return { figures: figuresOf(seen), picture: pictureOf(seen) };
  },
};
