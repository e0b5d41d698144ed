// A made-up comparison for the report's tests: three days, the second of which is dark, a charger
// that gives more than the cell may take, and policies of every kind.

import { compare } from "../../../tools/oracle/compare.js";
import { HarvestChain } from "../../../tools/oracle/harvest_chain.js";
import { compareNumbers, type CompareNumbers } from "../../../tools/oracle/numbers.js";
import { CausalReference } from "../../../tools/oracle/policies/causal_reference.js";
import { type SlotWorld } from "../../../tools/oracle/slot_world.js";

const HOURS = 72;

const sun = (hour: number) => Math.max(0, Math.sin((Math.PI * ((hour % 24) - 6)) / 12));
const harvest_J = Array.from({ length: HOURS }, (_, hour) => {
  return (hour >= 24 && hour < 48 ? 0.6 : 9) * sun(hour);
});

/** 1 mJ of floor an hour, 0.4 mJ an event, 22 mJ of cell that take 3 mJ an hour. */
export const WORLD: SlotWorld = {
  slot_s: 3600,
  harvest_J: harvest_J.map((energy_mJ) => energy_mJ / 1000),
  floor_J: 1e-3,
  event_J: 0.4e-3,
  events_max: 12,
  miss_weight: 5,
  cell: {
    ...{ capacity_J: 22e-3, start_J: 11e-3, efficiency_in: 0.9, efficiency_out: 0.95 },
    ...{ charge_max_J: 3e-3, leak_share: 0.001 },
  },
};

const SUBJECT = {
  ...{ scenario: "three-days", title: "Three days, the second dark", cell: "enerchip-5uAh" },
  ...{ board: "nrf52840-pv", load: "logger", site: "office-north", seed: 7, commit: "df22ecf" },
  ...{ replay: "tfmb compare three-days", from_day: 1, to_day: 3, why: "all of the run" },
  can_limit: false,
};

/** Everything that is wanted, every hour. */
export const plenty = (): Promise<CompareNumbers> =>
  comparisonOf({ ...WORLD, harvest_J: WORLD.harvest_J.map(() => 9e-3) }, ["fixed", "on-off"]);

export const threeDays = (): Promise<CompareNumbers> =>
  comparisonOf(WORLD, ["fixed", "soc-5", "on-off", "ewma", "dp"]);

async function comparisonOf(world: SlotWorld, names: string[]): Promise<CompareNumbers> {
  const records = [{ harvest_J: WORLD.harvest_J, start_h: 0 }];
  const chain = new HarvestChain(records, world.floor_J, world.slot_s);
  const comparison = await compare(world, names, {
    ...{ start_h: 0, reference: new CausalReference(chain) },
    worth: ({ value }) => value,
  });
  return compareNumbers(SUBJECT, world, comparison);
}
