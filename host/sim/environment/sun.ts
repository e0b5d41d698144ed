// Where the sun stands, and what it gives below a cloudless sky: declination and equation of time
// of Spencer (Search 2 (1971) 172), irradiance of Haurwitz (J. Meteorol. 2 (1945) 154).

/** A point on Earth and its clock. */
export interface Place {
  latitude_deg: number;
  /** East is positive. */
  longitude_deg: number;
  /** Local clock time minus UTC; there is no summer time. */
  utc_offset_h: number;
}

/** Days of each month; the plant's years have no 29 February. */
export const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
export const YEAR_DAYS = 365;

/** Month, 0 to 11, of each day of the year; days count from 0. */
export const MONTH_OF_DAY = MONTH_DAYS.flatMap((days, month) => Array<number>(days).fill(month));

const RAD = Math.PI / 180;

/**
 * Haurwitz: G = 1098 W/m2 cos(z) exp(-0.057 / cos(z)). Others quote 0.059 (pvlib): 0.2 % less in
 * the zenith, which a climate's clear_ratio takes up.
 */
const CLEAR_W_M2 = 1098;
const EXTINCTION = 0.057;

/** Angle of the sun above the equator, rad; `day` counts from 0 on 1 January. */
export function declination_rad(day: number): number {
  const x = (2 * Math.PI * day) / YEAR_DAYS;
  const first = -0.399912 * Math.cos(x) + 0.070257 * Math.sin(x);
  const second = -0.006758 * Math.cos(2 * x) + 0.000907 * Math.sin(2 * x);
  const third = -0.002697 * Math.cos(3 * x) + 0.00148 * Math.sin(3 * x);
  return 0.006918 + first + second + third;
}

/** How far a sundial is ahead of a clock that shows mean solar time, min. */
export function equationOfTime_min(day: number): number {
  const x = (2 * Math.PI * day) / YEAR_DAYS;
  const first = 0.001868 * Math.cos(x) - 0.032077 * Math.sin(x);
  const second = -0.014615 * Math.cos(2 * x) - 0.040849 * Math.sin(2 * x);
  return 229.18 * (0.000075 + first + second);
}

/** The sun's arc over one day at one place. */
export class Arc {
  readonly #middle: number;
  readonly #swing: number;
  readonly #noon_h: number;

  constructor(place: Place, day: number) {
    const latitude_rad = place.latitude_deg * RAD;
    const tilt_rad = declination_rad(day);
    this.#middle = Math.sin(latitude_rad) * Math.sin(tilt_rad);
    this.#swing = Math.cos(latitude_rad) * Math.cos(tilt_rad);
    const ahead_h = place.longitude_deg / 15 + equationOfTime_min(day) / 60;
    this.#noon_h = 12 + place.utc_offset_h - ahead_h;
  }

  /** Cosine of the angle between sun and zenith; negative: the sun is below the horizon. */
  cosZenith(clock_h: number): number {
    return this.#middle + this.#swing * Math.cos((Math.PI / 12) * (clock_h - this.#noon_h));
  }
}

/** Global horizontal irradiance below a cloudless sky of average turbidity, W/m2. */
export function clearSky_W_m2(cos_zenith: number): number {
  return cos_zenith > 0 ? CLEAR_W_M2 * cos_zenith * Math.exp(-EXTINCTION / cos_zenith) : 0;
}
