// A week of light on a panel on a wall or a window sill, one value a minute from a midnight on:
// lamps in the hours of an office, a warehouse or a home, daylight, blinds. All habits are assumed.

import { type Chance } from "./chance.js";
import { Sky } from "./sky.js";

const DAY_MIN = 1440;

interface Use {
  /** Medians at the panel, lx. */
  lamps_lux: number;
  /** When lamps go on and off, hours. */
  hours: readonly (readonly [number, number])[];
  days_per_week: number;
  /** Share of the days in use on which the lamps stay dark. */
  absent: number;
  /** In the hours of use: how much of the time somebody is there to have them on. */
  presence: number;
}

const USES = {
  office: {
    ...{ lamps_lux: 350, hours: [[8, 18]], days_per_week: 5, absent: 0.08, presence: 0.95 },
  },
  warehouse: { lamps_lux: 150, hours: [[6, 22]], days_per_week: 6, absent: 0, presence: 1 },
  home: {
    ...{ lamps_lux: 80, days_per_week: 7, absent: 0.1, presence: 0.7 },
    hours: [
      [6.5, 8.5],
      [17, 23],
    ],
  },
} satisfies Record<string, Use>;

export const ROOMS = Object.keys(USES) as (keyof typeof USES)[];
export type RoomKind = keyof typeof USES;

/** A third of the panels stand at a window. */
const AT_WINDOW = 1 / 3;
/** Lamps are left on or off for about half an hour. */
const STAY_MIN = 30;

/** Light of `days` days, lx. */
export function roomLight(chance: Chance, kind: RoomKind, days: number): number[] {
  const use: Use = USES[kind];
  const sky = new Sky(chance);
  const lamps_lux = chance.logNormal(use.lamps_lux, 0.4);
  // daylight at the panel over that on open ground
  const [low, high] = chance.is(AT_WINDOW) ? [0.01, 0.05] : [0.001, 0.01];
  const daylight = chance.logBetween(low, high);
  // with the sun high, somebody may draw the blinds until the next day
  const blinds = { closed: chance.between(0, 0.6), light: chance.between(0.1, 0.4) };
  const first_weekday = Math.floor(chance.between(0, 7));
  const lux: number[] = [];
  for (let day = 0; day < days; day++) {
    sky.dawn();
    const inUse = (day + first_weekday) % 7 < use.days_per_week && !chance.is(use.absent);
    const spans = use.hours.map(([from_h, to_h]) => {
      return [from_h + 0.4 * chance.normal(), to_h + 0.6 * chance.normal()] as const;
    });
    const drawn_h = inUse && chance.is(blinds.closed) ? chance.between(9, 15) : Infinity;
    let present = true;
    for (let minute = 0; minute < DAY_MIN; minute++) {
      const hour = minute / 60;
      if (minute % STAY_MIN === 0) present = chance.is(use.presence);
      const lit = inUse && present && spans.some(([from, to]) => hour >= from && hour < to);
      const open_lux = sky.next_lux(hour) * (hour >= drawn_h ? blinds.light : 1);
      lux.push((lit ? lamps_lux : 0) + daylight * open_lux);
    }
  }
  return lux;
}
