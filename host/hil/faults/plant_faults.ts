// Faults of what the node lives in and on: harvesters, temperature, shorts, a wild application.

import { type Board } from "../../sim/board.js";
import { type Environment } from "../../sim/environment/environment.js";
import { type Faults } from "./faults.js";

export class PlantFaults {
  readonly #leak_nA: number;

  constructor(
    readonly board: Board,
    readonly environment: Environment,
  ) {
    this.#leak_nA = board.node.specimen.leak_nA;
  }

  /** From now on these faults hold, and no others. */
  apply({ harvester_share, temperature_degC, load_ratio, short_nA }: Faults): void {
    const { node } = this.board;
    this.board.asked_ratio = load_ratio ?? 1;
    node.specimen.leak_nA = this.#leak_nA + (short_nA ?? 0);
    node.harvest.move(changed(this.environment, harvester_share ?? 1, temperature_degC));
  }
}

/** The surroundings with a share of what drives harvesters, and at one temperature. */
function changed(of: Environment, share: number, held_degC: number | undefined): Environment {
  const less = (values: Float32Array) => values.map((value) => value * share);
  const drives = Object.fromEntries(
    Object.entries(of.drives ?? {}).map(([name, { step_s, values }]) => [
      name,
      // a frequency is not what shakes it
      { step_s, values: name === "frequency_Hz" ? values : less(values) },
    ]),
  );
  return {
    ...of,
    lux: less(of.lux),
    temperature_degC:
      held_degC === undefined ? of.temperature_degC : Float32Array.of(held_degC, held_degC),
    drives: of.drives === undefined ? undefined : drives,
  };
}
