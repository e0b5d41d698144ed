// Light and temperature at any time are those of the environment, which repeats itself.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { type Environment } from "../../../host/sim/environment/environment.js";
import { Surroundings } from "../../../host/sim/surroundings.js";
import { close } from "./cell_fixture.js";

const environment = (lux: number[], degC: number[], step_s = 60, temperature_step_s = 3600) => ({
  ...{ name: "test", step_s, lux: Float32Array.from(lux) },
  ...{ temperature_step_s, temperature_degC: Float32Array.from(degC) },
  length_s: lux.length * step_s,
});

/** The value that holds at a time, straight from the arrays. */
const luxAt = ({ lux, step_s }: Environment, time_s: number) =>
  lux[Math.floor(time_s / step_s + 1e-9) % lux.length]!;

function degCAt({ temperature_degC, temperature_step_s }: Environment, time_s: number): number {
  const at = time_s / temperature_step_s;
  const [left, right] = [0, 1].map(
    (next) => temperature_degC[(Math.floor(at) + next) % temperature_degC.length]!,
  );
  return left! + (at - Math.floor(at)) * (right! - left!);
}

describe("surroundings", () => {
  it("have the light of the environment, in pieces as long as it stays the same", () => {
    const around = new Surroundings(environment([0, 0, 5, 5, 5, 7], [20]));
    around.follow(0);
    assert.deepEqual([around.lux, around.constant_until_s, around.next.lux], [0, 120, 5]);
    assert.equal(around.follow(119), false);
    around.follow(120);
    assert.deepEqual([around.lux, around.constant_until_s, around.next.lux], [5, 300, 7]);
    around.follow(300);
    assert.deepEqual([around.lux, around.constant_until_s, around.next.lux], [7, 360, 0]);
  });

  it("begin again at the end, a piece reaching over it", () => {
    const around = new Surroundings(environment([3, 0, 3, 3], [20]));
    around.follow(120);
    // two steps at the end and the first of the next round
    assert.deepEqual([around.lux, around.constant_until_s], [3, 300]);
    around.follow(300);
    assert.deepEqual([around.lux, around.constant_until_s], [0, 360]);
  });

  it("do not go round for ever where the light never changes", () => {
    const around = new Surroundings(environment([4, 4, 4], [20]));
    around.follow(0);
    assert.deepEqual([around.lux, around.constant_until_s], [4, 180]);
  });

  it("go on to the next light when told, without a time", () => {
    const around = new Surroundings(environment([1, 1, 2, 9], [20]));
    around.follow(0);
    around.goOn();
    assert.deepEqual([around.lux, around.constant_until_s, around.next.lux], [2, 180, 9]);
    assert.equal(around.follow(150), false);
    assert.equal(around.follow(180), true);
    assert.equal(around.lux, 9);
  });

  const cases = fc.record({
    lux: fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 12 }),
    degC: fc.array(fc.integer({ min: -10, max: 40 }), { minLength: 1, maxLength: 6 }),
    step_s: fc.constantFrom(1, 60, 600),
    strides: fc.array(fc.double({ min: 0.01, max: 4000, noNaN: true }), { maxLength: 40 }),
  });

  it("have at any time the light that the arrays have there, until that changes", () => {
    fc.assert(
      fc.property(cases, ({ lux, degC, step_s, strides }) => {
        const of = environment(lux, degC, step_s);
        const around = new Surroundings(of);
        let time_s = 0;
        around.follow(0);
        for (const stride_s of strides) {
          time_s += stride_s;
          around.follow(time_s);
          assert.equal(around.lux, luxAt(of, time_s), `at ${time_s} s`);
          assert.ok(around.constant_until_s > time_s);
          const last_s = around.constant_until_s - step_s / 2;
          assert.equal(luxAt(of, Math.max(time_s, last_s)), around.lux);
          if (new Set(lux).size > 1) {
            assert.notEqual(luxAt(of, around.constant_until_s + step_s / 2), around.lux);
          }
        }
      }),
    );
  });

  it("have a temperature straight between the values, looked at every ten minutes", () => {
    fc.assert(
      fc.property(cases, ({ lux, degC, step_s, strides }) => {
        const of = environment(lux, degC, step_s);
        const around = new Surroundings(of);
        let time_s = 0;
        let looked_s = 0;
        around.follow(0);
        for (const stride_s of strides) {
          time_s += stride_s;
          around.follow(time_s);
          if (time_s >= looked_s + 600) looked_s = time_s;
          close(around.temperature_degC, degCAt(of, looked_s), 1e-9, `at ${time_s} s, degC`);
        }
      }),
    );
  });
});
