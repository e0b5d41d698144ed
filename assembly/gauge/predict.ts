// Time update of the filter. States: SOC z (its mean is the ledger's charge), unbooked drain b
// (nA), resistance scale r; covariance P in six numbers.
//
//   z <- z + booked,   dz/db = -dt/Q,   b and r are random walks
//
// Variances grow with time and charge so that one long step equals many short ones.

import { vital } from "../abi";
import { advance_diffusion } from "../cell/diffusion";
import { tau_at } from "../cell/ocv";
import {
  flow_variance_per_pC,
  leak_variance_per_s,
  resistance_variance_per_s,
  soc_of,
  soc_per_nA_s,
  soc_per_pC,
} from "../derived";
import { drained_pC, harvested_pC, limited } from "../ledger/book";
import { limiting_decay, limiting_reach } from "../ledger/limiting";
import { real } from "../math/real";
import { dt_s, per_s } from "../sample/clock";

/** Relative tolerance of a charger's float voltage (1 %: the best stated, SPV1050 data sheet). */
const FLOAT_SIGMA: real = 0.01;

/** Advances diffusion and covariance over the booked interval; returns the predicted SOC. */
export function predict(): real {
  const soc = soc_of(vital.charge_pC);
  advance_diffusion((harvested_pC - drained_pC) * soc_per_pC, dt_s, per_s, tau_at(soc));
  if (limited) shrink_to_float();
  const lever = -dt_s * soc_per_nA_s;
  const p01 = vital.covariance_1;
  const p11 = vital.covariance_3;
  const swept = lever * p11;
  vital.covariance_0 +=
    lever * (p01 + p01 + swept) + flow_variance_per_pC * (harvested_pC + drained_pC);
  vital.covariance_1 = p01 + swept;
  vital.covariance_2 += lever * vital.covariance_4;
  vital.covariance_3 = p11 + leak_variance_per_s * dt_s;
  vital.covariance_5 += resistance_variance_per_s * dt_s;
  return soc;
}

/** A held float voltage forgets the SOC error of before and brings the charger's own tolerance. */
function shrink_to_float(): void {
  const kept = limiting_decay;
  const reach = limiting_reach * FLOAT_SIGMA;
  // one error of the charger, the same in every step: sigmas add, or many short steps would be
  // surer
  const sigma = kept * sqrt<real>(vital.covariance_0) + reach;
  vital.covariance_0 = sigma * sigma;
  vital.covariance_1 *= kept;
  vital.covariance_2 *= kept;
}
