// How far the simulator's voltage is from that of a far finer one: a run's pulses, sleeps and
// settings are kept and played again on the same node with more volumes, short steps and no light
// merged.

import { environmentOf, plantOf } from "../../../boards/plant.js";
import { type Parts } from "../../../boards/parts.js";
import { programmeOf } from "../../../boards/programme.js";
import { type Core } from "../../../host/core/core.js";
import { Firmware } from "../../../host/sim/firmware.js";
import { type Node } from "../../../host/sim/node.js";
import { type Fineness } from "../../../host/sim/pace.js";
import { simulate } from "../../../host/sim/simulate.js";

/** Five times the volumes, and no step longer than this. */
const FINE: Fineness = {
  grid: { volumes: 40, growth: 1.08 },
  longest_s: 5,
  alike_mV: 0,
  enough: Infinity,
};

/** Plays one thing that a run did again. */
type Deed = (again: Node) => void;

/** Voltage of the run less that of the finer one, over the wakes of `hours`. */
export function voltageErrors(
  core: Core,
  parts: Parts,
  hours: number,
): { worst_mV: number; rms_mV: number; wakes: number } {
  const { seed } = parts.scenario;
  const environment = environmentOf(parts, seed, hours);
  const { node, sensors } = plantOf(parts, environment, seed);
  const deeds: Deed[] = [];
  const errors_mV: number[] = [];
  keep(node, deeds, errors_mV);
  simulate(node, new Firmware(core, programmeOf(parts), node, sensors), hours, {});
  const again = plantOf(parts, environment, seed, FINE).node;
  for (const deed of deeds) deed(again);
  const squares = errors_mV.reduce((sum, error) => sum + error * error, 0);
  return {
    worst_mV: errors_mV.reduce((worst, error) => Math.max(worst, Math.abs(error)), 0),
    rms_mV: Math.sqrt(squares / errors_mV.length),
    wakes: errors_mV.length,
  };
}

/** Makes a node tell what was done with it; a reading of the meter is a wake. */
function keep(node: Node, deeds: Deed[], errors_mV: number[]): void {
  const pass = node.pass.bind(node);
  const pulse = node.pulse.bind(node);
  const readMeter = node.readMeter_nA.bind(node);
  node.pass = (until_s, settings) => {
    pass(until_s, settings);
    const reached_s = node.time_s;
    deeds.push((again) => again.pass(reached_s, settings));
  };
  node.pulse = (charge_nC, count, by, settings) => {
    deeds.push((again) => again.pulse(charge_nC, count, by, settings));
    return pulse(charge_nC, count, by, settings);
  };
  node.readMeter_nA = () => {
    const { on } = node;
    const voltage_mV = node.voltage_mV();
    deeds.push((again) => {
      if (on && again.on) errors_mV.push(voltage_mV - again.voltage_mV());
    });
    return readMeter();
  };
}
