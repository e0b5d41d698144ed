// The core with its gauge update as an export of its own, for the footprint bench only: the same
// function that a step runs, and the inputs that the rooms before it leave behind.

import { VITAL_AT } from "../../../assembly/abi";
import { drained_pC, harvested_pC, limited, net_pC } from "../../../assembly/ledger/book";
import { limiting_decay, limiting_reach } from "../../../assembly/ledger/limiting";
import { capacity_pC, profile, soc_per_pC } from "../../../assembly/profile";
import { accepted } from "../../../assembly/sample/check";
import { dt_s } from "../../../assembly/sample/clock";

export * from "../../../assembly/index";
export { update_gauge as bench_gauge } from "../../../assembly/gauge/update";

/** Writes struct gauge_inputs (gauge_by_hand.h) at `at`. */
export function bench_inputs(at: usize): void {
  store<i64>(at, net_pC);
  store<f32>(at, <f32>harvested_pC, 8);
  store<f32>(at, <f32>drained_pC, 12);
  store<f32>(at, <f32>dt_s, 16);
  store<f32>(at, <f32>capacity_pC, 20);
  store<f32>(at, <f32>soc_per_pC, 24);
  store<f32>(at, <f32>limiting_decay, 28);
  store<f32>(at, <f32>limiting_reach, 32);
  store<u32>(at, limited ? 1 : 0, 36);
  store<u32>(at, accepted, 40);
  store<u32>(at, <u32>changetype<usize>(profile), 44);
  store<u32>(at, <u32>VITAL_AT, 48);
}
