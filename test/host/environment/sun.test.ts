// The sun stands where almanacs and geometry say; a cloudless sky follows the formula of Haurwitz.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import {
  Arc,
  clearSky_W_m2,
  declination_rad,
  equationOfTime_min,
  MONTH_OF_DAY,
} from "../../../host/sim/environment/sun.js";

const RAD = Math.PI / 180;
const near = (value: number, wanted: number, by: number, what: string) =>
  assert.ok(Math.abs(value - wanted) <= by, `${what}: ${value}, wanted ${wanted} +-${by}`);

describe("the sun", () => {
  it("has the declination of solstices and equinoxes", () => {
    // almanac: +-23.44 deg on 21 June and 21 December, 0 on 20 March and 22 September
    near(declination_rad(171) / RAD, 23.44, 0.05, "21 June");
    near(declination_rad(354) / RAD, -23.44, 0.05, "21 December");
    near(declination_rad(78) / RAD, 0, 0.5, "20 March");
    near(declination_rad(264) / RAD, 0, 0.7, "22 September");
  });

  it("is ahead and late as sundials are", () => {
    // almanac: -14.2 min on 11 February, +3.7 on 14 May, -6.5 on 26 July, +16.4 on 3 November
    near(equationOfTime_min(41), -14.2, 0.5, "11 February");
    near(equationOfTime_min(133), 3.7, 0.5, "14 May");
    near(equationOfTime_min(206), -6.5, 0.5, "26 July");
    near(equationOfTime_min(306), 16.4, 0.5, "3 November");
  });

  it("culminates at noon of its meridian and as high as geometry says", () => {
    const place = { latitude_deg: 45, longitude_deg: 15, utc_offset_h: 1 };
    for (const day of [0, 80, 171, 264, 354]) {
      const arc = new Arc(place, day);
      const minutes = Array.from({ length: 1440 }, (_, i) => arc.cosZenith(i / 60));
      const top = Math.max(...minutes);
      near(minutes.indexOf(top), 720 - equationOfTime_min(day), 1, `noon of day ${day}, min`);
      near(top, Math.cos(45 * RAD - declination_rad(day)), 1e-4, `height on day ${day}`);
      // day length 2/15 acos(-tan(latitude) tan(declination)) h (Cooper 1969)
      const hours = (2 / 15 / RAD) * Math.acos(-Math.tan(declination_rad(day)));
      near(minutes.filter((value) => value > 0).length / 60, hours, 0.04, `hours of day ${day}`);
    }
  });

  it("moves west by an hour in 15 deg, and with the clock", () => {
    fc.assert(
      fc.property(
        fc.double({ min: -90, max: 90, noNaN: true }),
        fc.double({ min: -165, max: 165, noNaN: true }),
        fc.nat(364),
        fc.double({ min: 0, max: 24, noNaN: true }),
        (latitude_deg, longitude_deg, day, clock_h) => {
          const arc = new Arc({ latitude_deg, longitude_deg, utc_offset_h: 2 }, day);
          const west = { latitude_deg, longitude_deg: longitude_deg - 15, utc_offset_h: 1 };
          const height = arc.cosZenith(clock_h);
          assert.ok(Math.abs(height) <= 1 + 1e-12);
          near(new Arc(west, day).cosZenith(clock_h), height, 1e-9, "one zone further west");
        },
      ),
    );
  });

  it("gives Haurwitz's irradiance, and none from below the horizon", () => {
    near(clearSky_W_m2(1), 1098 * Math.exp(-0.057), 1e-9, "in the zenith");
    near(clearSky_W_m2(0.5), 549 * Math.exp(-0.114), 1e-9, "30 deg high");
    assert.equal(clearSky_W_m2(0), 0);
    assert.equal(clearSky_W_m2(-0.3), 0);
  });

  it("has a calendar of 365 days", () => {
    assert.equal(MONTH_OF_DAY.length, 365);
    assert.deepEqual(
      [0, 30, 31, 58, 59, 364].map((day) => MONTH_OF_DAY[day]),
      [0, 0, 1, 1, 2, 11],
    );
  });
});
