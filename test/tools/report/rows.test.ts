// The rows inside the page: packed small without losing what matters, and binned without losing an
// extreme.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { OFF, RunTrace } from "../../../host/sim/record.js";
import {
  BINS_MAX,
  binsOf,
  curveOf,
  sliceOf,
  weightsOf_s,
} from "../../../tools/report/browser/bins.js";
import { unpack, unpackRun } from "../../../tools/report/browser/unpack.js";
import { pack, packRun, type PackedRun } from "../../../tools/report/packed.js";
import { reportPage } from "../../../tools/report/page.js";
import { thinned } from "../../../tools/report/thin.js";
import { hoursRun, rowsOf, yearRun } from "./runs.js";

describe("the rows inside the page", () => {
  const value = fc.oneof(
    fc.float({ noNaN: false }),
    fc.float({ min: -1000, max: 1000, noNaN: true }),
    fc.constant(0),
  );

  it("come back within half a step, and gaps as NaN", () => {
    const kind = fc.record({
      bytes: fc.constantFrom(2 as const, 4 as const),
      knee: fc.constantFrom(0, 0.1, 1),
    });
    fc.assert(
      fc.property(fc.array(value), kind, (values, shape) => {
        const packed = pack(values, shape);
        const bend = (v: number) => (shape.knee > 0 ? Math.asinh(v / shape.knee) : v);
        unpack(packed).forEach((read, i) => {
          const wanted = values[i]!;
          if (!Number.isFinite(wanted)) return assert.ok(Number.isNaN(read));
          const wrong = Math.abs(bend(read) - bend(wanted));
          const bound = 0.5001 * packed.step + 1e-9 * Math.abs(bend(wanted));
          assert.ok(wrong <= bound, `${wanted} came back as ${read}`);
        });
      }),
    );
  });

  it("keep a year to 0.002 % SOC, 0.01 mV, 0.1 % of light and currents, 0.01 s", () => {
    const { numbers, trace } = yearRun();
    const page = reportPage(numbers, trace);
    const { rows, columns, mode } = unpackRun(JSON.parse(rowsOf(page)) as PackedRun);
    assert.equal(rows, 52_560);
    assert.deepEqual(mode, trace.mode);
    const within = (name: keyof typeof columns, absolute: number, relative = 0) =>
      columns[name].forEach((read, row) => {
        const wanted = trace[name][row]!;
        const wrong = Math.abs(read - wanted);
        if (wrong > absolute + relative * wanted) assert.fail(`${name} ${row}: ${read} ${wanted}`);
        assert.equal(Number.isNaN(read), Number.isNaN(wanted));
      });
    within("t_s", 0.01);
    for (const name of ["soc", "estimate", "sigma"] as const) within(name, 2e-5);
    within("voltage_mV", 0.01);
    for (const name of ["lux", "harvest_nA", "load_nA"] as const) within(name, 0.001, 0.001);
  });

  it("are binned without losing a row or an extreme", () => {
    const { trace } = yearRun();
    const t_s = trace.t_s;
    const values = Float64Array.from(trace.lux);
    const weight_s = weightsOf_s(t_s);
    const window = fc.tuple(fc.nat(3e7), fc.integer({ min: 1, max: 3e7 }));
    fc.assert(
      fc.property(window, ([from_s, length_s]) => {
        const slice = sliceOf(t_s, from_s, from_s + length_s);
        const bins = [...binsOf(slice)];
        assert.ok(bins.length <= BINS_MAX + 1);
        assert.equal(bins[0]?.[0], slice.first);
        bins.forEach(([, to], i) => assert.equal(bins[i + 1]?.[0] ?? slice.last, to));
        const { low, mean, high } = curveOf(values, weight_s, slice);
        const drawn = values.subarray(slice.first, slice.last);
        assert.equal(
          Math.max(...high.map(Number)),
          drawn.reduce((a, b) => Math.max(a, b)),
        );
        mean.forEach((m, i) => assert.ok(low[i]! <= m! + 1e-6 && m! <= high[i]! + 1e-6));
      }),
      { numRuns: 30 },
    );
    const gap = sliceOf(t_s, 20_010 * 600, 20_100 * 600);
    const { mean } = curveOf(Float64Array.from(trace.estimate), weight_s, gap);
    assert.deepEqual(new Set(mean), new Set([null]), "a gap is drawn as nothing");
  });

  it("weigh each row with its time", () => {
    const t_s = Float64Array.of(10, 20, 120);
    const curve = curveOf(Float64Array.of(1, 1, 3), weightsOf_s(t_s), {
      ...{ first: 0, last: 3, stride: 3 },
    });
    assert.deepEqual(curve, { mean: [320 / 120], low: [1], high: [3] });
  });

  it("are fewer when there are too many, and keep what was worst and what was meant", () => {
    const { trace } = yearRun();
    trace.voltage_mV[31_234] = 2500;
    trace.estimate[12_345] = 1;
    trace.soc[12_345] = 0;
    trace.mode.fill(OFF, 100, 103);
    const few = thinned(trace, 4000);
    assert.ok(few.count <= 4000 && few.count > 2000, `${few.count} rows`);
    assert.ok(
      few.t_s.every((t_s, i) => i === 0 || t_s > few.t_s[i - 1]!),
      "rising times",
    );
    assert.equal(Math.min(...few.voltage_mV), 2500);
    assert.equal(few.estimate[few.soc.indexOf(0)], 1);
    assert.ok(few.t_s.some((t_s, i) => t_s === trace.t_s[100] && few.mode[i] === OFF));
    assert.ok(few.t_s.some((t_s, i) => few.mode[i] === OFF && t_s > trace.t_s[43_000]!));
    const charge_nAs = ({ count, t_s, harvest_nA }: RunTrace, to_s: number) => {
      let sum = 0;
      for (let i = 0; i < count && t_s[i]! <= to_s; i++) {
        sum += harvest_nA[i]! * (t_s[i]! - (t_s[i - 1] ?? 0));
      }
      return sum;
    };
    const last_s = few.t_s.at(-1)!;
    const ratio = charge_nAs(few, last_s) / charge_nAs(trace, last_s);
    assert.ok(Math.abs(ratio - 1) < 1e-5, `charge ratio ${ratio}`);
    assert.equal(thinned(trace, 52_560), trace);
  });

  it("fit into 3 MB for a million wakes, and the page says that some are missing", () => {
    const trace = new RunTrace(1_000_000);
    trace.t_s.forEach((_, i) => (trace.t_s[i] = 30 * (i + 1)));
    trace.soc.forEach((_, i) => (trace.soc[i] = 0.5 + 0.4 * Math.sin(i / 1000)));
    trace.count = 1_000_000;
    const page = reportPage(yearRun().numbers, trace);
    assert.ok(page.length < 3e6, `${page.length} bytes`);
    assert.match(page, /holds \d+\u202f\d+ of 1\u202f000\u202f000 wakes/);
    assert.doesNotMatch(reportPage(yearRun().numbers, yearRun().trace), /This page holds/);
  });

  it("may be none", () => {
    const trace = new RunTrace(0);
    assert.equal(packRun(trace, 1).rows, 0);
    assert.match(reportPage(hoursRun().numbers, trace), /id="run"/);
  });
});
