// Time update of the filter. States: SOC z (its mean is the ledger's charge), unbooked drain b
// (nA), resistance scale r; covariance P in six numbers.
//
//   z <- z + booked,   dz/db = -dt/Q,   b and r are random walks
//
// Variances grow with time and charge so that one long step equals many short ones.

import { vital } from "../abi";
import { advance_diffusion } from "../cell/diffusion";
import { tau_at } from "../cell/ocv";
import { real } from "../math/real";
import { profile, soc_of, soc_per_pC } from "../profile";
import { booked_soc, drained_pC, harvested_pC, limited } from "../ledger/book";
import { limiting_decay, limiting_reach } from "../ledger/limiting";
import { dt_s } from "../sample/clock";

const PC_PER_NA_S: real = 1000;
const DAYS_PER_S: real = 1 / <real>86400;
/** flow_noise is the error after this share of capacity has flowed. */
const FLOW_UNIT: real = 0.01;
/** Relative tolerance of a charger's float voltage (1 %: the best stated, SPV1050 data sheet). */
const FLOAT_SIGMA: real = 0.01;

/** Advances diffusion and covariance over the booked interval. */
export function predict(): void {
  advance_diffusion(booked_soc(), dt_s, tau_at(soc_of(vital.charge_pC)));
  if (limited) shrink_to_float();
  const node = profile;
  const days = dt_s * DAYS_PER_S;
  const lever = -dt_s * PC_PER_NA_S * soc_per_pC;
  const flow_noise = <real>node.flow_noise;
  const leak_walk = <real>node.leak_walk_nA;
  const resistance_walk = <real>node.resistance_walk;
  const p01 = vital.covariance_1;
  const p11 = vital.covariance_3;
  const swept = lever * p11;
  vital.covariance_0 +=
    lever * (p01 + p01 + swept) +
    flow_noise * flow_noise * FLOW_UNIT * ((harvested_pC + drained_pC) * soc_per_pC);
  vital.covariance_1 = p01 + swept;
  vital.covariance_2 += lever * vital.covariance_4;
  vital.covariance_3 = p11 + leak_walk * leak_walk * days;
  vital.covariance_5 += resistance_walk * resistance_walk * days;
}

/** A held float voltage forgets the SOC error of before and brings the charger's own tolerance. */
function shrink_to_float(): void {
  const decay = limiting_decay;
  const reach = limiting_reach * FLOAT_SIGMA;
  vital.covariance_0 = decay * decay * vital.covariance_0 + reach * reach;
  vital.covariance_1 *= decay;
  vital.covariance_2 *= decay;
}
