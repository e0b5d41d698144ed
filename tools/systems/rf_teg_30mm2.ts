// Radio and heat through one converter into 30 mm2 of cell: the node of the scenario, and the same
// node with one of the two alone.

import { type Core } from "../../host/core/core.js";
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

const NAME = "rf-teg-30mm2";
const STEP = 2;

const still = (shifts: { value: { value: number } }[]) => {
  for (const shift of shifts) shift.value.value = 0;
};

/** A life, with one source silenced or none. */
function withSources(core: Core, silent?: "rf" | "heat") {
  const parts = partsOfSystem(NAME);
  const { rf, heat } = parts.site.drives!;
  if (silent === "rf") still(rf!.power_uW!.shifts);
  if (silent === "heat") still(heat!.difference_K!.shifts);
  const life = lived(core, NAME, parts);
  const { run, trace } = life;
  const off_perc = (100 * run.off_s) / run.length_s;
  const mean_uW = run.node.ledger.delivered_pJ / run.length_s / 1e6;
  const events = run.firmware.deeds.done.reduce((sum, count) => sum + count, 0);
  return { life, trace, run, off_perc, mean_uW, events };
}

type Life = ReturnType<typeof withSources>;

/** A column of a life over its hours. */
function line(name: string, of: Life, y: (row: number) => number) {
  const x = hoursOf(of.trace, STEP);
  return { name, x, y: x.map((_, i) => y(STEP * i)) };
}

function look(core: Core) {
  const both = withSources(core);
  const radio = withSources(core, "heat");
  const heat = withSources(core, "rf");
  const { cell } = both.life.parts;
  const volts = both.trace.voltage_mV.subarray(0, both.trace.count);
  const all = [
    { name: "both", ...both },
    { name: "radio alone", ...radio },
    { name: "heat alone", ...heat },
  ];
  return { both, cell, volts, all };
}

type Seen = ReturnType<typeof look>;

function figuresOf({ both, cell, volts, all }: Seen): Figure[] {
  const row = (what: string, of: (life: Life) => string) =>
    all.map((life) => ({ what: `${what}, ${life.name}`, review: "", run: of(life) }));
  return [
    {
      what: "area of the cell",
      review: "30 mm2",
      run: `${digits(100 * cell.physics.area_cm2.value)} mm2`,
    },
    {
      what: "its charge between 3.0 and 4.2 V",
      review: "",
      run: `${digits(cell.profile.capacity_nAh.value / 1000)} uAh`,
    },
    ...row("into the cell in the mean", ({ mean_uW }) => `${digits(mean_uW)} uW`),
    ...row("brown-outs in the week", (life) => String(life.run.brownouts)),
    ...row("time switched off", ({ off_perc }) => `${digits(off_perc, 2)} %`),
    {
      what: "voltage of the cell, both",
      review: "",
      run: `${digits(Math.min(...volts) / 1000)} to ${digits(Math.max(...volts) / 1000)} V`,
    },
    estimateFigure(both.run),
  ];
}

function pictureOf({ both, all }: Seen): Picture {
  return {
    title: "Radio and spells of heat through one converter into 30 mm\u00b2 of cell",
    panels: [
      {
        ...{ x: "h", y: "SOC, %", from: 0 },
        lines: all.map(({ name, ...of }) => line(name, of, (i) => 100 * of.trace.soc[i]!)),
      },
      {
        ...{ x: "h", y: "charging current, both sources, uA", from: 0 },
        lines: [line("current", both, (i) => both.trace.harvest_nA[i]! / 1000)],
      },
      {
        ...{ x: "h", y: "voltage of the cell, V" },
        lines: [line("both", both, (i) => both.trace.voltage_mV[i]! / 1000)],
      },
    ],
  };
}

export const rfAndHeat: System = {
  name: NAME,
  run: (core) => {
    const seen = look(core);
    return { figures: figuresOf(seen), picture: pictureOf(seen) };
  },
};
