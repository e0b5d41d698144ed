// `tfmb commission`: a new node from its uncharged cell to ship mode. The node is the simulated one
// of a scenario; a board's comes through the same interface (tools/commission/device.ts).

import { CommissionError } from "../commission/device.js";
import { commission } from "../commission/commission.js";
import { SimulatedNode } from "../commission/simulated.js";
import { projectPath } from "../build/paths.js";
import { partsOf, type Setup } from "../simulate/setup.js";
import { UsageError } from "./usage.js";

/** As it comes from the reflow oven. */
const UNCHARGED = "scenario.start_soc=0.01";
const HOURS_MAX = 2016;
const LABEL = 14;

/** Prints each step as it is done; a step that fails ends it with one line. */
export async function runCommission(
  options: Partial<Setup>,
  print: (text: string) => void,
): Promise<void> {
  const { scenario = "default-year", hours = HOURS_MAX, set = [], ...rest } = options;
  const setup = { ...rest, scenario, hours, set: [UNCHARGED, ...set] };
  const parts = partsOf(projectPath("boards"), setup);
  const { board, cell, site } = parts.scenario;
  print(`${board} with ${cell}, simulated in ${site}`);
  const told = (step: string, found: string) => print(`  ${step.padEnd(LABEL)}${found}`);
  try {
    await commission(new SimulatedNode(parts, hours), parts, hours, told);
  } catch (error) {
    if (error instanceof CommissionError) throw new UsageError(error.message);
    throw error;
  }
}
