// Every policy that is compared, by the name that a command line knows. One more is one more entry.

import { liveSlots, type SlotLife, type SlotPolicy } from "../slot_life.js";
import { type SlotWorld } from "../slot_world.js";
import { type CausalReference } from "./causal_reference.js";
import { knownDays } from "./known_days.js";
import { usualCore } from "./ours.js";
import { carefulPlan, enoMax, ewmaPlan, fixedRate, onOff, socProportional } from "./published.js";

/** What there is beside the world: only the causal reference looks at it. */
export interface Setting {
  /** Local clock at the first slot, h. */
  start_h: number;
  reference: CausalReference;
  /** By what a rate is chosen in hindsight. */
  worth: (life: SlotLife) => number;
}

/**
 * Ours; causal rules of the literature or of any firmware; what no node can have, as it is chosen
 * when all was over; a reference for what much computing could do.
 */
export type PolicyKind = "ours" | "published" | "hindsight" | "reference";

export interface ListedPolicy {
  title: string;
  kind: PolicyKind;
  /** Lives a world, anew each time: some remember. */
  live: (world: SlotWorld, setting: Setting) => SlotLife;
}

/** Of all constant rates the one that came out best. */
function bestRate(world: SlotWorld, { worth }: Setting): SlotLife {
  const rates = Array.from({ length: world.events_max + 1 }, (_, events) => events);
  const lives = rates.map((events) => liveSlots(world, fixedRate(events)));
  return lives.reduce((best, life) => (worth(life) > worth(best) ? life : best));
}

const simple = (title: string, make: () => SlotPolicy): ListedPolicy => {
  return { title, kind: "published", live: (world) => liveSlots(world, make()) };
};

/** Made once: it compiles the core. */
let usual: (() => SlotPolicy) | undefined;

export const POLICIES: Record<string, ListedPolicy> = {
  fixed: { title: "fixed rate", kind: "hindsight", live: bestRate },
  "soc-1": simple("soc 1 %", () => socProportional(0.01)),
  "soc-5": simple("soc 5 %", () => socProportional(0.05)),
  "on-off": simple("on/off", () => onOff),
  ewma: simple("ewma plan", ewmaPlan),
  careful: simple("careful plan", carefulPlan),
  "eno-max": simple("ENO-Max", () => enoMax()),
  ours: {
    ...{ title: "ours", kind: "ours" },
    live: (world) => liveSlots(world, (usual ??= usualCore())()),
  },
  dp: {
    ...{ title: "reference", kind: "reference" },
    live: (world, { start_h, reference }) => liveSlots(world, reference.policy(start_h)),
  },
  known: {
    ...{ title: "known days", kind: "hindsight" },
    live: (world) => liveSlots(world, knownDays(world)),
  },
};
