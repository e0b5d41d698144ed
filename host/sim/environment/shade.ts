// Shadows on a string of panels, step by step: what of the light falls on each panel, again and
// again from the run's beginning on.

import { type Drives } from "../sources/source.js";
import { type Environment } from "./environment.js";

/** The `shade` block of boards/sites/*.json. */
export interface ShadePhysics {
  /** Each step holds so long; after the last comes the first. */
  step_s: number;
  /** Of each panel, from the first of the string on, its share of the light in each step. */
  panels: number[][];
}

/** The environment with these shadows; `name` is said in errors. Throws RangeError. */
export function shaded(of: Environment, { step_s, panels }: ShadePhysics, name: string) {
  const steps = panels[0]!.length;
  const other = panels.findIndex((shares) => shares.length !== steps);
  if (other > 0) {
    const given = `panels[${other}] of ${panels[other]!.length} steps`;
    throw new RangeError(`${name}: shade.${given} must have ${steps}, as the first has`);
  }
  const known = new Map<string, number>();
  const patterns: Drives["shares"][] = [];
  const values = Float32Array.from({ length: steps }, (_, step) => {
    const shares = panels.map((panel) => panel[step]!);
    const key = shares.join();
    const at = known.get(key) ?? patterns.push(shares) - 1;
    known.set(key, at);
    return at;
  });
  return { ...of, shade: { at: { step_s, values }, patterns } } satisfies Environment;
}
