// The environment of a site: a climate's sky and air from a seed, and the room around the node.

import { Random } from "../random.js";
import { airTemperature_degC, type AirPhysics } from "./air.js";
import { type Environment } from "./environment.js";
import { checkRoom, heatRoom_degC, lightRoom, type RoomPhysics } from "./room.js";
import { Sky, type SkyPhysics } from "./sky.js";
import { MONTH_OF_DAY, YEAR_DAYS, type Place } from "./sun.js";

/** A file of boards/sites with the climate that it names; without a room: outdoors. */
export interface Site {
  name: string;
  place: Place;
  sky: SkyPhysics;
  air: AirPhysics;
  room?: RoomPhysics | undefined;
}

const HOUR_S = 3600;
const MINUTE_S = 60;
/** Ten years: 21 MB of light. */
export const HOURS_MAX = 24 * 3652;

function checkRun(site: Site, hours: number, start_day: number): void {
  if (!(hours > 0 && hours <= HOURS_MAX)) {
    throw new RangeError(`${site.name}: hours = ${hours} must be > 0 and <= ${HOURS_MAX}`);
  }
  if (!(Number.isInteger(start_day) && start_day >= 1 && start_day <= YEAR_DAYS)) {
    throw new RangeError(`${site.name}: start_day = ${start_day} must be an integer 1..365`);
  }
  if (site.room) checkRoom(site.room, site.name);
}

/**
 * Light every minute and temperature every hour at `site` for `hours` (rounded up to a full hour),
 * from midnight of the local clock on `start_day` of the year (1..365; 1 January is a Monday).
 *
 * The same site, seed and start give the same values, whatever the hours; sites of one climate
 * with one seed stand below the same sky. Every year has its own weather.
 *
 * Throws RangeError for hours, a day or a room that cannot be.
 */
export function siteEnvironment(
  site: Site,
  seed: number,
  hours: number,
  start_day = 1,
): Environment {
  checkRun(site, hours, start_day);
  const seeds = new Random(seed);
  // one stream for each, so that a room does not change the sky
  const stream = () => new Random(seeds.uniform() * 2 ** 32);
  const [skyStream, airStream, roomStream] = [stream(), stream(), stream()];
  const first_day = start_day - 1;
  const whole_h = Math.ceil(hours);
  // a day's afternoon warms towards the next day's: with one more, a longer run begins alike
  const days = Math.ceil(whole_h / 24) + 1;
  const sky = new Sky(site.place, site.sky, skyStream);
  const whole = new Float32Array(days * 1440);
  const relative_index = new Float32Array(days);
  for (let i = 0; i < days; i++) {
    const day = (first_day + i) % YEAR_DAYS;
    const index = sky.day(day, whole, i * 1440);
    relative_index[i] = index / site.sky.clear_sky_index[MONTH_OF_DAY[day]!]!;
  }
  const outdoor_degC = airTemperature_degC(site.air, relative_index, first_day, airStream);
  if (site.room) lightRoom(site.room, first_day, roomStream, whole);
  const air_degC = site.room ? heatRoom_degC(site.room, outdoor_degC) : outdoor_degC;
  return {
    name: `${site.name}, seed ${seed}`,
    step_s: MINUTE_S,
    lux: whole.subarray(0, whole_h * 60),
    temperature_step_s: HOUR_S,
    temperature_degC: air_degC.subarray(0, whole_h),
    length_s: whole_h * HOUR_S,
  };
}
