// The price of stored charge: what one more pC would be worth, in utility.
//
// Spending evenly, the last event that is bought sets the price; where not even sleeping can be
// paid, a pC keeps the node alive the longer. Tomorrow is not known: the price is the mean of those
// of bad days and of good ones, for a price is a derivative of expected utility, and that is linear
// in the weights of the days. How different the days are is learned (harvest/forecast.ts).
//
//   class k:   u = w s ln(1 + n / s)  a period,   du/dn = w / (1 + n / s) = price c
//   classes in use together, spending S a period:   price = sum w s / (S + sum c s)

import { decision, vital } from "../abi";
import { BELOW, event_order, price_least } from "../derived";
import { relative_error } from "../harvest/forecast";
import { real } from "../math/real";
import { PC_PER_NA_S } from "../math/units";
import { profile } from "../profile";
import { bad_nA, follow_path, good_nA, path_is_old } from "./path";

/** A node that takes nothing asleep would never die: it still takes this, nA. */
const IDLE_MIN_NA: real = 1;

/** A price so little above the lowest is the lowest. */
const LOWEST: real = 1.001;

const PC_PER_UC: real = 1000000;
const UC_PER_PC: real = 0.000001;

/** Utility per pC. */
export let price: real = 0;
let price_most: real = 0;
/** One more pC would be worth nothing: even on bad days all events are paid for. */
export let is_plenty: bool = false;

/** Sets the price at the weakest cell's SOC; false: it is still that of the last decision. */
export function ask_price(soc: real): bool {
  const node = profile;
  if (!path_is_old(soc)) {
    price = <real>decision.price * UC_PER_PC;
    return false;
  }
  const period_pC_nA = <real>node.period_s * PC_PER_NA_S;
  let idle_nA = <real>node.sleep_drain_nA * vital.load_scale;
  idle_nA += vital.leak_nA + <real>node.self_drain_nA * <real>node.parallel;
  if (!(idle_nA > IDLE_MIN_NA)) idle_nA = IDLE_MIN_NA;
  price_most = (<real>node.alive_price * <real>node.alive_worth) / (idle_nA * period_pC_nA);
  const error = relative_error();
  const trust = <real>node.forecast_trust;
  const bad_share = trust / (1 + <real>node.forecast_low * error);
  const good_share = trust * (1 + <real>node.forecast_high * error);
  follow_path(idle_nA, bad_share, good_share);
  const per_nA = period_pC_nA / ((1 + <real>node.spend_care * error) * vital.load_scale);
  const bad_price = market(per_nA * bad_nA);
  is_plenty = bad_nA > 0 && bad_price <= price_least * LOWEST;
  const on_good = bounded(market(per_nA * good_nA));
  price = on_good + <real>node.low_weight * (bounded(bad_price) - on_good);
  decision.price = <f32>(price * PC_PER_UC);
  return true;
}

/** No higher than staying alive is worth, no lower than what buys everything. */
function bounded(found: real): real {
  if (!(found < price_most)) return price_most > price_least ? price_most : price_least;
  return found > price_least ? found : price_least;
}

/** The price at which so much, pC, is spent in a period: classes enter in turn, dearest first. */
function market(spent_pC: real): real {
  const node = profile;
  let worth: real = 0;
  let cost_pC = spent_pC;
  for (let order = event_order; order != 0xffffffff; order = (order >> 8) | 0xff000000) {
    const kind = <i32>(order & 255);
    const saturation = <real>node.event_saturation(kind);
    const drain_pC = <real>node.event_drain_pC(kind);
    const first = first_price(kind);
    if (worth > 0 && worth >= first * cost_pC) break;
    if (!(saturation > 0)) {
      const most_pC = <real>node.event_max(kind) * drain_pC;
      if (!(cost_pC > most_pC)) return spent_pC > 0 ? first * BELOW : price_most;
      // all of it is bought, and there is more to spend
      cost_pC -= most_pC;
      continue;
    }
    worth += <real>node.event_worth(kind) * saturation;
    cost_pC += drain_pC * saturation;
  }
  return cost_pC > 0 ? worth / cost_pC : price_most;
}

/** Above this price no event of a class is bought. */
@inline
export function first_price(kind: i32): real {
  return <real>profile.event_worth(kind) / <real>profile.event_drain_pC(kind);
}

/** Events of a class in a period that are worth their price. */
export function wanted_events(kind: i32): real {
  const node = profile;
  const most = <real>node.event_max(kind);
  const over = first_price(kind) - price;
  if (!(over > 0)) return 0;
  const saturation = <real>node.event_saturation(kind);
  if (!(saturation > 0)) return most;
  const wanted = (saturation * over) / price;
  return wanted < most ? wanted : most;
}
