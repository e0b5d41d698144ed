// How the kinds of policies look, in every picture of a comparison.

import { type PolicyKind } from "../../oracle/policies/list.js";

/** A colour is a custom property of the style sheet. */
export const LOOKS = {
  plan: { color: "--truth", says: "perfect plan: knows what is to come" },
  ours: { color: "--estimate", says: "ours: the core as it runs on a node" },
  published: { color: "--light", says: "rules of the literature and of firmware" },
  reference: { color: "--harvest", says: "reference: dynamic program, fitted to other weathers" },
  hindsight: { color: "--voltage", says: "chosen in hindsight: no node can have it" },
  idling: { color: "--muted", says: "idling: only sleeps" },
} as const satisfies Record<PolicyKind | "plan" | "idling", { color: string; says: string }>;

export type Look = keyof typeof LOOKS;
