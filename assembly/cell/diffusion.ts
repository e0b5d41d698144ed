// Solid-state diffusion in the cathode as two exponentials (Pade form of the planar diffusion
// impedance): what the surface runs ahead of the mean.
//
//   s_n <- a_n s_n + w_n (1 - a_n) tau dz/dt,   a_n = exp(-p_n dt / tau)
//
// exact for any dt at constant current; a night's sleep is one step.

import { decay } from "../math/exp";
import { real } from "../math/real";
import { profile } from "../profile";

const WORD: usize = sizeof<real>();

/** No surface runs ahead by more than twice the whole range of SOC. NaN is forgotten. */
@inline
function bounded(state: real): real {
  return state < 2 ? (state > -2 ? state : -2) : state >= 2 ? 2 : 0;
}

/**
 * Advances the two states at `at` by `dt_s`, 1 / `per_s`, at a mean rate of `soc_change` over that
 * time.
 */
export function advance_diffusion(
  at: usize,
  soc_change: real,
  dt_s: real,
  per_s: real,
  tau_s: real,
): void {
  const node = profile;
  const ratio = dt_s / tau_s;
  const drive = soc_change * tau_s * per_s;
  const a0 = decay(<real>node.diffusion_pole(0) * ratio);
  const a1 = decay(<real>node.diffusion_pole(1) * ratio);
  const s0 = a0 * load<real>(at) + <real>node.diffusion_weight(0) * (1 - a0) * drive;
  const s1 = a1 * load<real>(at, WORD) + <real>node.diffusion_weight(1) * (1 - a1) * drive;
  store<real>(at, bounded(s0));
  store<real>(at, bounded(s1), WORD);
}

/** By the two states at `at`: how far the surface the OCV sees is ahead of the mean SOC. */
@inline
export function surface_lead(at: usize): real {
  return <real>profile.diffusion_gain * (load<real>(at) + load<real>(at, WORD));
}
