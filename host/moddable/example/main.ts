// A node on Moddable: measure, decide, work, sleep. Everything of the board comes through ECMA-419
// modules and the profile; `wakes` is how often it runs before it returns (a node: for ever).

import Analog from "embedded:io/analog";
import { tfmb_core } from "tfmb/core";
import { type Activity, type BatterySample, ThinFilmBattery } from "../battery.js";

/** What differs from board to board. */
export interface Board {
  profile: ArrayBuffer;
  pin: number;
  full_scale_mV: number;
  now: () => number;
  temperature: () => number;
  harvest_nA: () => number;
  /** Does the events that were allowed; returns how many of each class were done. */
  work: (allowed: readonly number[]) => number[];
  /** Sleeps until the time is over or an event wakes the chip. */
  sleep: (duration_ms: number) => void;
  report: (sample: BatterySample) => void;
}

export function runNode(board: Board, wakes: number): void {
  const battery = new ThinFilmBattery({
    core: tfmb_core,
    profile: board.profile,
    sensor: { io: Analog, pin: board.pin, full_scale_mV: board.full_scale_mV },
    now: board.now,
    temperature: board.temperature,
  });
  let events: number[] = [];
  for (let wake = 0; wake < wakes; wake++) {
    const harvest_nA = board.harvest_nA();
    const activity: Activity = {
      events,
      active_ms: 20,
      harvest_mean_nA: harvest_nA,
      harvest_now_nA: harvest_nA,
    };
    const sample = battery.sample(activity);
    board.report(sample);
    events = board.work(sample.events);
    board.sleep(sample.sleep_ms);
  }
  battery.close();
}
