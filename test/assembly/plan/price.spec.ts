// The taut path through the coming days, and the price of charge that follows from it.

import { vital, warm } from "../../../assembly/abi";
import { bad_nA, follow_path, path_is_old } from "../../../assembly/plan/path";
import { ask_price, first_price, price, wanted_events } from "../../../assembly/plan/price";
import { price_least } from "../../../assembly/derived";
import { clear_sample, new_node, node, rest_at, start_node } from "../node_under_test";

const IDLE_NA: f32 = 500;

function begin(): void {
  new_node();
  node.reserve_soc = 0;
  node.survival_soc = 0;
  node.full_soc = 1;
  node.end_soc = 0;
  node.forecast_fade = 0;
  node.self_drain_nA = 0;
  start_node();
  rest_at(3960, 25);
  clear_sample();
  vital.leak_nA = 0;
  vital.load_scale = 1;
  warm.cycle_at_s = 0;
  warm.forecast_error_nA = 0;
  forecast(0, 0);
}

/** Every hour is dark but for those from 8 to 16; the present one is as usual. */
function forecast(light_nA: f32, dark_nA: f32): void {
  for (let h = 0; h < 24; h++) {
    const nA: f32 = h >= 8 && h < 16 ? light_nA : dark_nA;
    warm.set_forecast(h, <u16>(reinterpret<u32>(nA) >> 16));
  }
  const hour = warm.cycle_at_s / 3600;
  warm.harvest_level_nA = hour >= 8 && hour < 16 ? light_nA : dark_nA;
}

function spending(soc: f32): f32 {
  warm.path_bin = 0;
  path_is_old(soc);
  follow_path(IDLE_NA, 1, 1);
  return <f32>bad_nA;
}

describe("the even spending", () => {
  beforeEach(begin);

  test("in the dark is what is stored over two days, less sleeping", () => {
    // 25 uAh over 48 h are 520.8 nA
    expect<f32>(spending(0.5)).toBeCloseTo(<f32>(25000.0 / 48 - 500), 1);
    expect<f32>(spending(1)).toBeCloseTo(<f32>(50000.0 / 48 - 500), 1);
  });

  test("below what sleeping takes is negative", () => {
    assert(spending(0.2) < 0, "too little for two days");
  });

  test("ends at the share that is to be left", () => {
    node.end_soc = 0.25;
    expect<f32>(spending(1)).toBeCloseTo(<f32>(37500.0 / 48 - 500), 1);
  });

  test("keeps the reserve", () => {
    node.reserve_soc = 0.25;
    expect<f32>(spending(1)).toBeCloseTo(<f32>(37500.0 / 48 - 500), 1);
  });

  test("with light enough is what keeps the cell from spilling by its dusk", () => {
    warm.cycle_at_s = 8 * 3600;
    forecast(8000, 0);
    // eight hours bring 60 uAh more than sleeping; half of the cell is free
    expect<f32>(spending(0.5)).toBeCloseTo(<f32>((60000.0 - 25000) / 8), 0);
  });

  test("before the night is what reaches the dawn", () => {
    warm.cycle_at_s = 16 * 3600;
    forecast(8000, 0);
    // 16 hours to go with 25 uAh
    expect<f32>(spending(0.5)).toBeCloseTo(<f32>(25000.0 / 16 - 500), 0);
  });

  test("counts the rest of the present hour only", () => {
    warm.cycle_at_s = 15 * 3600 + 1800;
    forecast(8000, 0);
    // 3.75 uAh in half an hour, then 16 hours of dark
    expect<f32>(spending(0.5)).toBeCloseTo(<f32>((25000.0 + 3750 - 8000) / 16.5), 0);
  });

  test("trusts the present harvest as far as it does not fade", () => {
    const without = spending(0.5);
    warm.harvest_level_nA = 1000;
    const now = spending(0.5);
    // of the present hour alone: 1 uAh in 48 h
    expect<f32>(now - without).toBeCloseTo(<f32>(1000.0 / 48), 1);
    node.forecast_fade = 0.5;
    const longer = spending(0.5);
    expect<f32>(longer - without).toBeCloseTo(<f32>(2000.0 / 48), 1);
  });
});

/** The price, asked anew. */
function asked(soc: f32): f32 {
  warm.path_bin = 0;
  ask_price(soc);
  return <f32>price;
}

describe("the price", () => {
  beforeEach(() => {
    begin();
    node.low_weight = 0.5;
    node.forecast_trust = 1;
    node.spend_care = 0;
  });

  test("is that of the last event bought by even spending", () => {
    asked(0.58);
    const pC_h = <f32>(29000.0 / 48 - 500) * 3600 * 1000;
    let bought: f32 = 0;
    for (let kind = 0; kind < 3; kind++) {
      bought += <f32>wanted_events(kind) * node.event_drain_pC(kind);
    }
    expect<f32>(bought / pC_h).toBeCloseTo(1, 3);
  });

  test("is lower the more is stored, and between its ends", () => {
    let before: f32 = 1e9;
    for (let i = 0; i <= 20; i++) {
      asked(<f32>i * <f32>0.05);
      assert(price <= before && price >= price_least, "price " + price.toString());
      before = <f32>price;
    }
  });

  test("of a node that cannot sleep through is what staying alive is worth", () => {
    asked(0.1);
    // 200 an hour for 500 nA, and a tenth more
    expect<f32>(<f32>price * 1e9).toBeCloseTo(<f32>((1.1 * 200.0) / (500.0 * 3.6e6) / 1e-9), 2);
  });

  test("with plenty is the lowest: every class is bought to its most", () => {
    forecast(1e6, 1e6);
    asked(1);
    expect<f32>(<f32>price).toBe(<f32>price_least);
    expect<f32>(<f32>wanted_events(1)).toBe(20);
  });

  test("weighs bad days and good ones", () => {
    forecast(600, 0);
    warm.forecast_mean_nA = 200;
    const certain = asked(0.6);
    node.low_weight = 1;
    expect<f32>(asked(0.6)).toBeCloseTo(certain, 9);
    warm.forecast_error_nA = 100;
    assert(asked(0.6) > certain, "bad days make it dearer");
    node.low_weight = 0;
    assert(asked(0.6) < certain, "good days make it cheaper");
  });

  test("holds while all goes as planned", () => {
    const first = asked(0.6);
    forecast(4000, 0);
    warm.harvest_level_nA = 0;
    expect<bool>(ask_price(0.605)).toBe(false);
    expect<f32>(<f32>price).toBeCloseTo(first, 9);
    expect<bool>(ask_price(0.62)).toBe(true);
    warm.harvest_level_nA = 400;
    expect<bool>(ask_price(0.62)).toBe(true);
    warm.cycle_at_s = 3600;
    expect<bool>(ask_price(0.62)).toBe(true);
    expect<bool>(ask_price(0.62)).toBe(false);
  });

  test("buys no class above the worth of its first event", () => {
    asked(0.05);
    for (let kind = 0; kind < 3; kind++) {
      if (first_price(kind) <= price) expect<f32>(<f32>wanted_events(kind)).toBe(0);
    }
  });

  test("lets a class that never saturates have its most, or nothing", () => {
    node.event_saturation_0 = 0;
    node.event_worth_1 = 0;
    node.event_worth_2 = 0;
    start_node();
    rest_at(3960, 25);
    clear_sample();
    vital.leak_nA = 0;
    vital.load_scale = 1;
    forecast(0, 0);
    asked(1);
    expect<f32>(<f32>wanted_events(0)).toBe(6);
    node.alive_worth = 10000;
    asked(0.1);
    expect<f32>(<f32>wanted_events(0)).toBe(0);
  });
});
