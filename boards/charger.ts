// From the parts of a board to its charger: converters, the sources at their inputs, and what can
// be set on them; and whether the board's file agrees with those of its parts.

import { Charger } from "../host/sim/charger.js";
import { type HarvestRange } from "../host/sim/harvest_table.js";
import { sourceOf } from "../host/sim/sources/source_of.js";
import { type StageParts } from "../host/sim/stage.js";
import { PartError } from "./check.js";
import { type Parts } from "./parts.js";
import { plain } from "./schema/quantity.js";

type BoardParts = Pick<Parts, "board" | "harvester" | "pmic" | "further" | "scenario">;

/** So far apart two statements of one voltage may lie. */
const STRAP_SHARE = 0.02;

const placeOf = ({ scenario }: BoardParts) => `boards/boards/${scenario.board}.json`;

/** The charger of a board. Throws PartError and RangeError. */
export function chargerOf(parts: BoardParts, range: HarvestRange): Charger {
  checkStraps(parts);
  checkActuators(parts);
  checkSources(parts);
  checkExtraction(parts);
  const { panels, panels_in_series, storage_uF, charge_limit, ...board } = plain(
    parts.board,
  ).physics;
  const sources = [sourceOf(plain(parts.harvester).physics, panels, panels_in_series)];
  const ratios: (number | undefined)[] = [undefined];
  const switched = board.shared_converter;
  const stages: StageParts[] = [
    { pmic: plain(parts.pmic).physics, sources, ratios, storage_uF, switched },
  ];
  for (const [i, { harvester, pmic }] of parts.further.entries()) {
    const of = board.further_sources![i]!;
    const source = sourceOf(plain(harvester).physics, of.panels, of.panels_in_series);
    if (pmic === undefined) {
      sources.push(source);
      ratios.push(of.mpp_ratio);
    } else {
      const own_uF = of.storage_uF ?? storage_uF;
      const own = { sources: [source], ratios: [of.mpp_ratio], storage_uF: own_uF };
      stages.push({ pmic: plain(pmic).physics, ...own });
    }
  }
  return new Charger(stages, range, charge_limit);
}

/** The charger's resistors are one pair, and must let the cell start the load. */
function checkStraps(parts: BoardParts): void {
  const { float_strap_mV, supply } = parts.board.physics;
  const place = placeOf(parts);
  const told_mV = parts.board.profile.float_strap_mV.value;
  const strap_mV = float_strap_mV.value;
  const apart = Math.abs(told_mV - strap_mV) > STRAP_SHARE * strap_mV;
  const both = `physics.float_strap_mV = ${strap_mV}, profile.float_strap_mV = ${told_mV}`;
  if (apart) throw new PartError(`${place}: ${both} are one voltage; set both`);
  const on_mV = supply.on_mV.value;
  if (on_mV < strap_mV) return;
  const over = `physics.supply.on_mV = ${on_mV} must be < float_strap_mV = ${strap_mV}`;
  throw new PartError(`${place}: ${over}; else the load never starts again`);
}

/** Firmware cannot set on a charger what the charger does not have. */
function checkActuators(parts: BoardParts): void {
  const { board, pmic, further } = parts;
  const { actuators } = board.profile;
  const { disable, float, controls, mppt } = pmic.physics;
  const lacks = (name: (typeof actuators)[number], has: boolean, what = board.physics.pmic) => {
    if (has || !actuators.includes(name)) return;
    const place = `${placeOf(parts)}: profile.actuators has ${name}`;
    throw new PartError(`${place}, which ${what} cannot be told; remove it`);
  };
  lacks("charge_enable", disable !== "none");
  lacks("pause", disable !== "none");
  lacks("float", (float.levels_mV ?? float.steps) !== undefined);
  lacks("mpp", mppt.kind === "fraction" && controls?.mpp_ratios !== undefined);
  lacks("source", further.length > 0, "a board with one source");
  const { charge_limit } = board.physics;
  lacks("charge_limit", (charge_limit?.step_nA.value ?? 0) > 0, "a board without charge_limit");
  checkInputs(parts);
}

/** Only a piezo has peaks to extract, and one whose coil turns them around has none left. */
function checkExtraction(parts: BoardParts): void {
  const { board, harvester, pmic, further } = parts;
  const names = [board.physics, ...(board.physics.further_sources ?? [])];
  for (const [i, of] of [{ harvester, pmic }, ...further].entries()) {
    if ((of.pmic ?? pmic).physics.mppt.kind !== "extract") continue;
    const { physics } = of.harvester;
    if (physics.kind === "piezoelectric" && physics.flip === undefined) continue;
    const what = physics.kind === "piezoelectric" ? "has a coil (flip)" : `is ${physics.kind}`;
    const name = names[i]!.pmic ?? board.physics.pmic;
    const must = `${name} extracts from a piezo without a coil; name another of the two`;
    throw new PartError(`${placeOf(parts)}: ${names[i]!.harvester} ${what}: ${must}`);
  }
}

/** Sources without a part of their own find inputs, and what is set up for one is its own. */
function checkInputs(parts: BoardParts): void {
  const { board, pmic, further } = parts;
  const { controls, converters } = pmic.physics;
  const guests = further.filter((source) => source.pmic === undefined).length;
  const inputs = controls?.inputs?.value ?? Infinity;
  if (1 + guests > inputs) {
    const many = `${1 + guests} sources share ${board.physics.pmic}`;
    throw new PartError(`${placeOf(parts)}: ${many}, which has inputs for ${inputs}; name a pmic`);
  }
  const switched = board.physics.shared_converter === true || guests >= (converters?.value ?? 1);
  for (const [i, { pmic: own, mpp_ratio }] of (board.physics.further_sources ?? []).entries()) {
    if (mpp_ratio === undefined || own !== undefined || !switched) continue;
    const place = `${placeOf(parts)}: physics.further_sources[${i}].mpp_ratio`;
    throw new PartError(`${place} needs a converter of its own; remove it`);
  }
}

/** What the core believes of the board's sources is of the kinds that it has. */
function checkSources(parts: BoardParts): void {
  const { board, harvester, further } = parts;
  const kinds = [harvester, ...further.map((source) => source.harvester)].map(
    ({ physics }) => physics.kind,
  );
  const names = [board.physics, ...(board.physics.further_sources ?? [])].map(
    (source) => source.harvester,
  );
  for (const [i, told] of board.profile.sources.entries()) {
    const place = `${placeOf(parts)}: profile.sources[${i}]`;
    const kind = kinds[i];
    if (kind === undefined) throw new PartError(`${place}: physics has no such source; remove it`);
    if (told.kind === kind) continue;
    const must = `must be ${kind}: ${names[i]} is; name one of that kind, or change the profile`;
    throw new PartError(`${place}.kind = ${told.kind} ${must}`);
  }
}
