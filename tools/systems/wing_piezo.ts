// A wing beam's piezo harvesters charge a cell near 4.0 V: how long, and how many beats, until the
// charge of the review is stored, at the shaking of the scenario and at others.

import { type Core } from "../../host/core/core.js";
import { plain } from "../../boards/schema/quantity.js";
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

const NAME = "wing-piezo";
/** The review, section 5 on Anton 2010 [234]. */
const STORED_NAH = 78100;
const STORED_V = 4.0;
const PJ_J = 1e12;
/** Other amplitudes, m/s2; the weakest ones that still let the converter start. */
const OTHERS_M_S2 = [8, 9, 10, 11, 12, 14, 16, 18, 20];
const STEP = 2;

/** A life at another amplitude and length: charge in the cell over time. */
function shaken(core: Core, acceleration_m_s2?: number) {
  const parts = partsOfSystem(NAME);
  const { base } = parts.site.drives!.vibration!.acceleration_m_s2;
  if (acceleration_m_s2 !== undefined) base.value = acceleration_m_s2;
  const life = lived(core, NAME, parts);
  const { trace, run } = life;
  const capacity_nAh = run.node.cell.capacity_nAh;
  const stored_nAh = Array.from(
    trace.soc.subarray(0, trace.count),
    (soc) => (soc - run.soc_start) * capacity_nAh,
  );
  const at = stored_nAh.findIndex((nAh) => nAh >= STORED_NAH);
  const rate_nA = run.node.cell.port_nC / run.length_s;
  // a run in which not enough is stored goes on at the same rate
  const hours = at < 0 ? STORED_NAH / rate_nA : trace.t_s[at]! / 3600;
  return { life, stored_nAh, at, hours, rate_nA };
}

function look(core: Core) {
  const own = shaken(core);
  const { trace } = own.life;
  const { ledger, cell } = own.life.run.node;
  const { vibration } = plain(own.life.parts.site).drives!;
  const others = OTHERS_M_S2.map((acceleration_m_s2) => ({
    acceleration_m_s2,
    ...shaken(core, acceleration_m_s2),
  })).filter(({ rate_nA }) => rate_nA > 0);
  const mean_V =
    trace.voltage_mV.subarray(0, own.at).reduce((sum, mV) => sum + mV / 1000, 0) / own.at;
  const beats = own.hours * 3600 * vibration!.frequency_Hz;
  const hours = hoursOf(trace, STEP);
  const seconds = own.life.parts.scenario.hours * 3600;
  const joule = (3600 * STORED_NAH * STORED_V * 1000) / PJ_J;
  return { own, trace, ledger, cell, vibration, others, mean_V, beats, hours, seconds, joule };
}

type Seen = ReturnType<typeof look>;

function figuresOf(seen: Seen): Figure[] {
  const { own, ledger, cell, vibration, others, mean_V, beats, seconds, joule } = seen;
  const { acceleration_m_s2, frequency_Hz } = vibration!;
  const shaking = `${digits(acceleration_m_s2.base)} m/s2 at ${digits(frequency_Hz)} Hz`;
  return [
    {
      what: "charge stored",
      review: "0.0781 mAh",
      run: `0.0781 mAh after ${digits(own.hours)} h`,
    },
    {
      what: "voltage while it is stored",
      review: "4.0 V",
      run: `${digits(mean_V)} V in the mean`,
    },
    {
      what: "energy that this is",
      review: `${digits(joule, 4)} J (computed)`,
      run: `${digits((joule * mean_V) / STORED_V, 4)} J`,
    },
    { what: "beats of the beam until then", review: "", run: `${digits(beats / 1e6)} million` },
    {
      what: "shaking",
      review: "",
      run: `${shaking} (assumed)`,
    },
    {
      what: "power of the harvesters at their best point",
      review: "",
      run: `${digits(ledger.available_pJ / seconds / 1e6)} uW`,
    },
    {
      what: "share of it that reaches the cell",
      review: "",
      run: `${digits((100 * cell.port_pJ) / ledger.available_pJ)} %`,
    },
    {
      what: "weakest shaking of the sweep that charges",
      review: "",
      run: `${others[0]!.acceleration_m_s2} m/s2`,
    },
    estimateFigure(own.life.run),
  ];
}

function pictureOf({ own, trace, others, hours }: Seen): Picture {
  return {
    title: "Piezo harvesters of a wing beam charge a 0.7 mAh cell",
    panels: [
      {
        ...{ x: "h", y: "charge stored, mAh", from: 0 },
        lines: [
          { name: "stored", x: hours, y: hours.map((_, i) => own.stored_nAh[STEP * i]! / 1e6) },
        ],
        marks: [{ name: "the review: 0.0781 mAh", y: STORED_NAH / 1e6 }],
      },
      {
        ...{ x: "h", y: "voltage of the cell, V", from: 3.9, to: 4.15 },
        lines: [
          {
            name: "sampled",
            x: hours,
            y: hours.map((_, i) => trace.voltage_mV[STEP * i]! / 1000),
          },
        ],
        marks: [{ name: "the review: 4.0 V", y: STORED_V }],
      },
      {
        ...{ x: "amplitude of the base, m/s2", y: "hours for 0.0781 mAh", from: 0 },
        lines: [
          {
            name: "hours",
            x: others.map(({ acceleration_m_s2 }) => acceleration_m_s2),
            y: others.map((of) => of.hours),
          },
        ],
      },
    ],
  };
}

export const wingPiezo: System = {
  name: NAME,
  run: (core) => {
    const seen = look(core);
    return { figures: figuresOf(seen), picture: pictureOf(seen) };
  },
};
