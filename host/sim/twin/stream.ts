// Random numbers of the twin test bed, one stream for each thing that is drawn: what one unknown
// draws does not change what the others get.

import { Random } from "../random.js";

/** FNV-1a. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193) >>> 0;
  }
  return hash;
}

/** The stream of this name of a set-up and a seed. */
export const streamOf = (setup: string, seed: number, name: string): Random =>
  new Random(hashOf(`${setup} ${seed} ${name}`));
