// The millimetre-scale sensor: does its cell fall with every reading and rise in the sleep after
// it while there is light, on what mean power does it live, and in how little light for ever.
//
// The saw-tooth is drawn from the run's own books: between two wakes charge arrives evenly, and
// what the reading took is taken at the wake.

import { type Core } from "../../host/core/core.js";
import { type RunTrace } from "../../host/sim/record.js";
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

const NAME = "mm-sensor";
/** A bright room, for the time that a full charge takes. */
const ROOM_LUX = 300;
/** Hours of the run that are drawn closely: around dusk. */
const CLOSE_H = { from: 11, to: 13 };
const NC_UC = 1000;

interface Tooth {
  /** Begin and end, h. */
  from_h: number;
  to_h: number;
  /** Taken by the reading at the begin, and won in the sleep after it, nC. */
  taken_nC: number;
  won_nC: number;
  lit: boolean;
}

/** What every wake took, and the sleep up to the next one gave. */
function teethOf(trace: RunTrace, asleep_nA: number): Tooth[] {
  return Array.from({ length: trace.count - 2 }, (_, i) => {
    const [from_s, to_s] = [trace.t_s[i]!, trace.t_s[i + 1]!];
    const dt_s = to_s - from_s;
    const own_nC = asleep_nA * dt_s;
    const taken_nC = trace.load_nA[i + 1]! * dt_s - own_nC;
    const won_nC = trace.harvest_nA[i + 1]! * dt_s - own_nC;
    const lit = trace.lux[i]! > 0 && trace.lux[i + 1]! > 0;
    return { from_h: from_s / 3600, to_h: to_s / 3600, taken_nC, won_nC, lit };
  });
}

function sawtooth(teeth: readonly Tooth[]) {
  const [x, y]: [number[], number[]] = [[], []];
  let level_nC = 0;
  for (const { from_h, to_h, taken_nC, won_nC } of teeth) {
    x.push(from_h, from_h, to_h);
    y.push(level_nC / NC_UC, (level_nC - taken_nC) / NC_UC, (level_nC - taken_nC + won_nC) / NC_UC);
    level_nC += won_nC - taken_nC;
  }
  return { x, y };
}

const shareOf = (teeth: readonly Tooth[], holds: (tooth: Tooth) => boolean): string =>
  `${digits((100 * teeth.filter(holds).length) / teeth.length)} % of ${teeth.length}`;

/** Hours from empty to full in the light of a room, at the current of the first hour. */
function hoursToFull(core: Core): number {
  const parts = partsOfSystem(NAME);
  const { lux } = parts.site.light!;
  lux.value = lux.value.map(() => ROOM_LUX);
  parts.scenario.hours = 1;
  const { run } = lived(core, NAME, parts);
  return (run.node.cell.capacity_nAh * 3600) / run.node.cell.port_nC;
}

function look(core: Core) {
  const parts = partsOfSystem(NAME);
  const { trace, run: done } = lived(core, NAME, parts);
  const { ledger, cell } = done.node;
  const teeth = teethOf(trace, done.node.supply.sleep_nA * done.node.specimen.load_ratio);
  const lit = teeth.filter((tooth) => tooth.lit);
  const used_pJ = ledger.sleep_pJ + ledger.active_pJ + ledger.events_pJ + ledger.gauge_pJ;
  const gone_nC = ledger.delivered_nC - cell.port_nC + cell.self_nC;
  const { lux } = parts.site.light!;
  const share = lux.value.filter((value) => value > 0).length / lux.value.length;
  const enough = (share * gone_nC) / ledger.delivered_nC;
  const brightest = Math.max(...lux.value);
  const close = teeth.filter(({ from_h, to_h }) => from_h >= CLOSE_H.from && to_h <= CLOSE_H.to);
  const whole = sawtooth(teeth);
  const near = sawtooth(close);
  const hours = hoursOf(trace);
  return {
    ...{ trace, done, cell, teeth, lit, used_pJ, enough, brightest },
    ...{ whole, near, hours, full_h: hoursToFull(core) },
  };
}

type Seen = ReturnType<typeof look>;

function figuresOf(seen: Seen): Figure[] {
  const { done, cell, teeth, lit, used_pJ, enough, brightest, full_h } = seen;
  return [
    {
      what: "readings at which the charge falls",
      review: "discharged in active mode",
      run: shareOf(teeth, ({ taken_nC }) => taken_nC > 0),
    },
    {
      what: "sleeps in the light in which it rises",
      review: "recharged in sleep mode",
      run: shareOf(lit, ({ won_nC }) => won_nC > 0),
    },
    {
      what: "charge taken by a reading, won in a lit sleep",
      review: "",
      run: `${digits(lit[10]!.taken_nC, 2)} nC, ${digits(lit[10]!.won_nC, 2)} nC`,
    },
    {
      what: "power of the node in the mean",
      review: "< 1 nW (press)",
      run: `${digits(used_pJ / done.length_s / 1000, 2)} nW`,
    },
    {
      what: "charge of the cell after three days",
      review: "",
      run: `${digits((cell.port_nC - cell.self_nC) / NC_UC, 2)} uC`,
    },
    {
      what: `hours of ${brightest} lx a day that keep it for ever`,
      review: "",
      run: `${digits(24 * enough, 2)} h`,
    },
    {
      what: `hours from empty to full at ${ROOM_LUX} lx`,
      review: "",
      run: `${digits(full_h, 2)} h`,
    },
    estimateFigure(done),
  ];
}

function pictureOf({ trace, whole, near, hours }: Seen): Picture {
  return {
    title: "A millimetre-scale sensor: readings empty its cell, sleep in dim light fills it",
    panels: [
      {
        ...{ x: "h", y: "charge around dusk, uC from its start" },
        lines: [{ name: "charge", x: near.x, y: near.y }],
      },
      {
        ...{ x: "h", y: "charge over three days, uC" },
        lines: [{ name: "charge", x: whole.x, y: whole.y }],
      },
      {
        ...{ x: "h", y: "light, lx", from: 0 },
        lines: [{ name: "light", x: hours, y: hours.map((_, i) => trace.lux[i]!) }],
      },
    ],
  };
}

export const mmSensor: System = {
  name: NAME,
  run: (core) => {
    const seen = look(core);
    return { figures: figuresOf(seen), picture: pictureOf(seen) };
  },
};
