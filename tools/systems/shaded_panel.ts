// Cells in place of the bypass diodes of a string of four panels over which a shadow goes round:
// what reaches the string's load with cells, with diodes and with neither.
//
// The string's current is steady, so the four cells do not feel each other: each is the cell of the
// scenario with the shadow a quarter of an hour later, and the string's power is I sum(V_k). The
// strings without cells are loaded at their best point at every moment, which favours them.

import { plain } from "../../boards/schema/quantity.js";
import { type Core } from "../../host/core/core.js";
import { steppedLight } from "../../host/sim/environment/stepped.js";
import { type Parts } from "../../boards/parts.js";
import { UNLIMITED_V } from "../../host/sim/sources/bypassed_string.js";
import { type Picture } from "./plot.js";
import {
  bestOf,
  DIODE_V,
  heldOf_mW,
  lightOf,
  meanCurrent_nA,
  panelOf,
  PANELS,
} from "./shaded_string.js";
import {
  digits,
  estimateFigure,
  hoursOf,
  lived,
  partsOfSystem,
  type Figure,
  type System,
} from "./system.js";

const NAME = "shaded-panel";
/** Shares of light left by the shadow that are compared. */
const LEFT = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8];
const SHOWN_H = 4;

/** The scenario with another depth of shadow, and the current that then keeps its cells. */
function shadedTo(left: number): Parts {
  const parts = partsOfSystem(NAME);
  const { lux } = parts.site.light!;
  const lit_lux = Math.max(...lux.value);
  lux.value = lux.value.map((value) => (value < lit_lux ? left * lit_lux : value));
  const current_nA = meanCurrent_nA(parts, lightOf(parts));
  parts.board.physics.supply.sleep_nA.value = current_nA;
  parts.board.profile.sleep_drain_nA.value = current_nA;
  return parts;
}

/** The four cells of the string, one after the other. */
function cellsOf(core: Core, parts: Parts) {
  const { hours } = parts.scenario;
  const light = plain(parts.site).light!;
  const lives = Array.from({ length: PANELS }, (_, first) =>
    lived(core, NAME, parts, steppedLight(parts.scenario.site, light, hours, first)),
  );
  const seconds = hours * 3600;
  const ledgers = lives.map(({ run }) => run.node.ledger);
  const out_pJ = ledgers.reduce((sum, { sleep_pJ }) => sum + sleep_pJ, 0);
  const stored_pJ = ledgers.reduce((sum, of) => sum + of.cell.stored_pJ - of.start_cell_pJ, 0);
  return { lives, power_mW: out_pJ / seconds / 1e9, stored_mW: stored_pJ / seconds / 1e9 };
}

function look(core: Core) {
  const parts = partsOfSystem(NAME);
  const light = lightOf(parts);
  const string = cellsOf(core, parts);
  const [diode, none] = [bestOf(parts, light, DIODE_V), bestOf(parts, light, UNLIMITED_V)];
  const held_mW = heldOf_mW(parts, light);
  const panel = panelOf(parts);
  const most = (lux: number) => 1000 * panel.diodeAt(lux, light.temperature_degC).maximum().power_W;
  const all_mW = (PANELS - 1) * most(light.lit_lux) + most(light.shaded_lux);
  const traces = string.lives.map(({ trace }) => trace);
  const { count } = traces[0]!;
  const volts = Array.from({ length: count }, (_, i) =>
    traces.reduce((sum, { voltage_mV }) => sum + voltage_mV[i]! / 1000, 0),
  );
  const soc_low = Math.min(...string.lives.map((life) => life.run.soc_min));
  const deep = LEFT.map((left) => {
    const of = shadedTo(left);
    const with_cells = cellsOf(core, of);
    return {
      cells: with_cells.power_mW + with_cells.stored_mW,
      diodes: bestOf(of, lightOf(of), DIODE_V).power_mW,
      held: heldOf_mW(of, lightOf(of)),
      none: bestOf(of, lightOf(of), UNLIMITED_V).power_mW,
    };
  });
  const shown = hoursOf(traces[0]!).filter((h) => h < SHOWN_H).length;
  const hours = hoursOf(traces[0]!).slice(0, shown);
  const flat = (value: number) => hours.map(() => value);
  const percent = LEFT.map((left) => 100 * left);
  const gain = (mW: number) =>
    `${digits(100 * ((string.power_mW + string.stored_mW) / mW - 1), 2)} %`;
  return {
    ...{ string, diode, none, held_mW, all_mW, traces, volts, soc_low },
    ...{ deep, shown, hours, flat, percent, gain },
  };
}

type Seen = ReturnType<typeof look>;

function figuresOf(seen: Seen): Figure[] {
  const { string, diode, none, held_mW, all_mW, soc_low, volts, gain } = seen;
  return [
    {
      what: "mean power of the string, no bypass, at its best point",
      review: "",
      run: `${digits(none.power_mW)} mW`,
    },
    {
      what: "the same, diodes, at its best point",
      review: "",
      run: `${digits(diode.power_mW)} mW`,
    },
    { what: "the same, diodes, at 0.8 of Voc", review: "", run: `${digits(held_mW)} mW` },
    {
      what: "the same, a cell across each panel",
      review: "",
      run: `${digits(string.power_mW)} mW`,
    },
    { what: "beside it into the cells", review: "", run: `${digits(string.stored_mW, 2)} mW` },
    { what: "every panel at its own best point", review: "", run: `${digits(all_mW)} mW` },
    { what: "cells over diodes", review: "mitigates the loss", run: `+${gain(diode.power_mW)}` },
    { what: "cells over no bypass", review: "mitigates the loss", run: `+${gain(none.power_mW)}` },
    {
      what: "voltage of the string with cells",
      review: "",
      run: `${digits(Math.min(...volts))} to ${digits(Math.max(...volts))} V`,
    },
    { what: "lowest SOC of a cell", review: "", run: `${digits(100 * soc_low)} %` },
    estimateFigure(string.lives[0]!.run),
  ];
}

function pictureOf(seen: Seen): Picture {
  const { diode, traces, volts, deep, shown, hours, flat, percent } = seen;
  return {
    title: "Four panels in series, one of them always in a shadow",
    panels: [
      {
        ...{ x: "h", y: "voltage of the string, V", from: 0, to: 18 },
        lines: [
          { name: "a cell each", x: hours, y: volts.slice(0, shown) },
          { name: "diodes", x: hours, y: flat(diode.volts) },
        ],
      },
      {
        ...{ x: "h", y: "SOC of the cell across the first panel, %" },
        lines: [{ name: "SOC", x: hours, y: hours.map((_, i) => 100 * traces[0]!.soc[i]!) }],
      },
      {
        ...{ x: "light left in the shadow, %", y: "mean power, mW", from: 0 },
        lines: [
          { name: "a cell each", x: percent, y: deep.map(({ cells }) => cells) },
          { name: "diodes", x: percent, y: deep.map(({ diodes }) => diodes) },
          { name: "diodes at 0.8 Voc", x: percent, y: deep.map(({ held }) => held) },
          { name: "neither", x: percent, y: deep.map((of) => of.none) },
        ],
      },
    ],
  };
}

export const shadedPanel: System = {
  name: NAME,
  run: (core) => {
    const seen = look(core);
    return { figures: figuresOf(seen), picture: pictureOf(seen) };
  },
};
