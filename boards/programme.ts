// From the parts of a scenario to the node's program: the `profile` halves of the files, and how
// the board and the load are driven.

import { compileProfile } from "../host/core/profile.js";
import { type Programme } from "../host/sim/board.js";
import { type Parts } from "./parts.js";
import { resolveProfile } from "./resolve.js";
import { plain } from "./schema/quantity.js";

/** nC per pC; an hour. */
const NC = 1e-3;
const HOUR_S = 3600;

/** The program of a scenario's node. Throws PartError and ProfileError. */
export function programmeOf(parts: Parts): Programme {
  const profile = resolveProfile(parts);
  const board = plain(parts.board);
  const load = plain(parts.load);
  const has = (name: (typeof board.profile.actuators)[number]) =>
    board.profile.actuators.includes(name);
  return {
    profile: compileProfile(profile),
    observables: profile.observables,
    actuators: {
      charge_enable: has("charge_enable"),
      charge_limit: has("charge_limit"),
      float: has("float"),
      source: has("source"),
      mpp: has("mpp"),
      pause: has("pause"),
    },
    unattended: {
      charge: true,
      limit_nA: board.physics.charge_limit?.unset_nA ?? Infinity,
      float_mV: board.physics.float_strap_mV,
      source: undefined,
      mpp_ratio: undefined,
    },
    // a slow chip is awake for as long as its gauge takes
    wake_ms: Math.max(load.wake_ms, board.physics.gauge.active_ms),
    pulse_nA: board.reservoir?.recharge_nA ?? board.profile.active_drain_nA,
    events: load.events.map(({ name, drain_pC, wanted_per_h }) => ({
      name,
      charge_nC: drain_pC * NC,
      wanted_per_s: wanted_per_h / HOUR_S,
    })),
    gauge_ms: board.physics.gauge.active_ms,
    record_nC: board.physics.gauge.record_nC,
  };
}
