// A week of light on a person, one value a minute from a midnight on: work with a way to it, lunch
// outdoors or not, evenings at lamps, weekends, nights with little light. All habits are assumed.

import { type Chance, Wander } from "./chance.js";
import { Sky } from "./sky.js";

const DAY_MIN = 1440;

/** From and to, hours. */
type Span = readonly [number, number];
const isIn = (spans: readonly Span[], hour: number) =>
  spans.some(([from_h, to_h]) => hour >= from_h && hour < to_h);

function habitsOf(chance: Chance) {
  return {
    wake_h: chance.between(6, 8.5),
    bed_h: chance.between(21.5, 24),
    home_lux: chance.logNormal(40, 0.7),
    evening_lux: chance.logNormal(25, 0.8),
    desk_lux: chance.logNormal(200, 0.6),
    /** Daylight at the desk over that outdoors. */
    window: chance.between(0, 0.02),
    /** Light on the logger over that on the ground: how it hangs, what covers it. */
    body: chance.between(0.08, 0.5),
    commute_h: chance.is(0.8) ? chance.between(8, 40) / 60 : 0,
    has_work: chance.is(0.85),
    lunch_out: chance.between(0, 0.7),
    free_day_out: chance.between(0.2, 0.9),
    restless: chance.between(0, 0.3),
    first_weekday: Math.floor(chance.between(0, 7)),
  };
}
type Habits = ReturnType<typeof habitsOf>;

/** What a person does on one day, hours of it. */
interface Day {
  wake_h: number;
  bed_h: number;
  work: Span | undefined;
  outdoors: readonly Span[];
}

function workingDay(chance: Chance, habits: Habits): Pick<Day, "work" | "outdoors"> {
  const outdoors: Span[] = [];
  const [from_h, to_h] = [9 + 0.4 * chance.normal(), 17 + 0.8 * chance.normal()];
  const visit = (at_h: number, length_h: number) => outdoors.push([at_h, at_h + length_h]);
  visit(from_h - habits.commute_h, habits.commute_h);
  visit(to_h, habits.commute_h);
  if (chance.is(habits.lunch_out)) visit(chance.between(12, 13), chance.between(0.1, 0.7));
  if (chance.is(0.25)) visit(chance.between(17.5, 20), chance.between(0.3, 1.5));
  return { work: [from_h, to_h], outdoors };
}

function freeDay(chance: Chance, habits: Habits): Pick<Day, "work" | "outdoors"> {
  const outings = chance.is(habits.free_day_out) ? 1 + Math.floor(chance.between(0, 3)) : 0;
  const outdoors = Array.from({ length: outings }, (): Span => {
    const at_h = chance.between(9.5, 18);
    return [at_h, at_h + chance.between(0.3, 3)];
  });
  return { work: undefined, outdoors };
}

function dayOf(chance: Chance, habits: Habits, day: number): Day {
  const weekend = (day + habits.first_weekday) % 7 >= 5;
  const later_h = weekend ? chance.between(0, 2) : 0.3 * chance.normal();
  const works = habits.has_work && !weekend && !chance.is(0.08);
  return {
    wake_h: habits.wake_h + later_h,
    bed_h: habits.bed_h + 0.6 * chance.normal(),
    ...(works ? workingDay(chance, habits) : freeDay(chance, habits)),
  };
}

/** Light of `days` days, lx. */
export function wearerLight(chance: Chance, days: number): number[] {
  const habits = habitsOf(chance);
  const sky = new Sky(chance);
  // within minutes a logger turns and is covered; within an hour its wearer changes rooms
  const [turns, rooms] = [new Wander(chance, 0.15, 1.8), new Wander(chance, 0.02, 2.2)];
  const lux: number[] = [];
  for (let day = 0; day < days; day++) {
    sky.dawn();
    const { wake_h, bed_h, work, outdoors } = dayOf(chance, habits, day);
    for (let minute = 0; minute < DAY_MIN; minute++) {
      const hour = minute / 60;
      const open_lux = sky.next_lux(hour);
      const [turn, room] = [turns.next(), rooms.next()];
      const asleep = hour < wake_h || hour >= bed_h;
      if (isIn(outdoors, hour)) {
        const street_lux = open_lux < 50 ? 10 * Math.exp(turn) : 0;
        lux.push(open_lux * habits.body * Math.exp(0.7 * turn) + street_lux);
      } else if (asleep) {
        const curtains = hour < wake_h ? 0.0006 : 0;
        lux.push(chance.is(0.02 * habits.restless) ? 5 : open_lux * curtains);
      } else if (work && isIn([work], hour)) {
        const desk_lux = habits.desk_lux + habits.window * open_lux;
        lux.push(desk_lux * Math.exp(0.5 * room + 0.2 * turn));
      } else {
        const lamps_lux = sky.isDark(hour) ? habits.evening_lux : habits.home_lux;
        const day_lux = sky.isDark(hour) ? 0 : 0.6 * habits.window * open_lux;
        lux.push((lamps_lux + day_lux) * Math.exp(0.7 * room + 0.25 * turn));
      }
    }
  }
  return lux;
}
