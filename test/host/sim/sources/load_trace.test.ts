// A recorded voltage over a resistor is played again as its power, and a file that is none is
// refused in one line.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { LoadTrace } from "../../../../host/sim/sources/load_trace.js";
import { measuredData } from "../../../measured_data.js";
import { near } from "../cell_fixture.js";

const traceOf = (text: string) => new LoadTrace(text, 1, 30000, "trace.txt");

describe("a trace of a load's voltage", () => {
  it("holds each sample until the next and begins again after its end", () => {
    const trace = traceOf("# mV\n3000\n\n600\r\n0\n");
    near(trace.length_s, 0.003, 1e-12, "s");
    // 3 V over 30 kohm is 300 uW, 0.6 V 12 uW
    for (const [time_ms, power_uW] of [
      [0, 300],
      [0.9, 300],
      [1.5, 12],
      [2.5, 0],
      [3.5, 300],
      [3001.5, 12],
      [-1.5, 12],
    ] as const) {
      assert.equal(trace.powerAt_uW(time_ms / 1000), power_uW, `${time_ms} ms`);
    }
    near(trace.mean_uW, 104, 1e-12, "uW");
  });

  // mean powers and lengths as tabulated with the data set
  const TRACES = { "01": [153, 25.274], "02": [189, 39.232], "03": [93, 39.46] } as const;

  for (const [name, [mean_uW, length_s]] of Object.entries(TRACES)) {
    const file = measuredData(`harvest/rf_mementos_${name}_1kHz_mV.txt`);
    it(`Mementos ${name}: ${mean_uW} uW for ${length_s} s`, { skip: file.skip }, () => {
      const trace = traceOf(readFileSync(file.path, "utf8"));
      near(trace.mean_uW, mean_uW, 0.005, "uW");
      near(trace.length_s, length_s, 1e-9, "s");
    });
  }

  it("is refused in one line with the place when it is none", () => {
    const must = "must be one number, 0..100000 mV; correct the line";
    for (const word of ["-3", "1e9", "12 mV", "NaN", "1,2"]) {
      const message = `trace.txt:3: ${JSON.stringify(word)} ${must}`;
      assert.throws(() => traceOf(`# mV\n72\n${word}\n`), { name: "RangeError", message });
    }
    assert.throws(() => traceOf("# mV\n"), /trace\.txt: no sample in it; record one first/);
    assert.throws(() => new LoadTrace("1", 0, 30000, "x"), /x: period_ms = 0 must be > 0/);
    assert.throws(() => new LoadTrace("1", 1, NaN, "x"), /x: load_ohm = NaN must be > 0/);
  });
});
