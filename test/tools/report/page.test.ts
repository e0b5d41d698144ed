// The words and pictures of the page: safe whatever a title says, energy that closes, numbers as
// people write them.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { moment, timeLabels } from "../../../tools/report/browser/clock.js";
import { fixed, nameAndUnit, significant } from "../../../tools/report/digits.js";
import { balanceOf } from "../../../tools/report/flows.js";
import { html, scriptJson } from "../../../tools/report/html.js";
import { reportPage } from "../../../tools/report/page.js";
import { hoursRun, NUMBERS } from "./runs.js";

describe("what readers see", () => {
  it("cannot be broken out of by text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        assert.doesNotMatch(html`${text}`.text, /[<>"']/);
      }),
    );
    const data = { name: "</script><!--", odd: ["<", "\u2028"] };
    assert.doesNotMatch(scriptJson(data).text, /</);
    assert.deepEqual(JSON.parse(scriptJson(data).text), data);
    const hostile = `</title></script><img src=x onerror="alert('1')"><!--`;
    const numbers = {
      ...{ ...NUMBERS, title: hostile, scenario: hostile, cell: hostile, limits: [hostile] },
      events: [{ name: hostile, done: 1, refused: 0 }],
      energy: { ...NUMBERS.energy, lost: { [`${hostile}_mJ`]: 1e5 } },
      node_cost: { [hostile]: 1 },
    };
    const page = reportPage(numbers, hoursRun().trace);
    assert.doesNotMatch(page, /<img|onerror="/);
    assert.equal(page.match(/<\/script>/g)?.length, 2, "two scripts, each ended once");
    assert.doesNotMatch(page, /<!--/);
  });

  it("closes: what came in is what went out, or the rest is shown", () => {
    const group = fc.dictionary(
      fc.constantFrom("a_mJ", "b_mJ", "c_mJ"),
      fc.double({ noNaN: false }),
    );
    const energy = fc.record({
      harvest: fc.record({
        drawn_mJ: fc.double({ min: 0, max: 1e9, noNaN: true }),
        delivered_mJ: fc.constant(1),
      }),
      ...{ used: group, lost: group, stored: group },
    });
    fc.assert(
      fc.property(energy, (books) => {
        const { sources, sinks, total_mJ } = balanceOf(books);
        const sum = (flows: typeof sinks) => flows.reduce((all, flow) => all + flow.energy_mJ, 0);
        if (!Number.isFinite(total_mJ)) return;
        assert.ok([...sources, ...sinks].every(({ energy_mJ }) => energy_mJ > 0));
        assert.ok(Math.abs(sum(sources) - sum(sinks)) <= 1.1e-6 * total_mJ);
      }),
    );
    const { sinks, sources } = balanceOf(NUMBERS.energy);
    assert.deepEqual(
      sources.map(({ name }) => name),
      ["cell", "harvest"].reverse(),
    );
    assert.equal(
      sinks.find(({ kind }) => kind === "open"),
      undefined,
    );
  });

  it("prints names, units and digits as people do", () => {
    assert.deepEqual(nameAndUnit("self_discharge_mJ"), { name: "self discharge", unit: "mJ" });
    assert.deepEqual(nameAndUnit("charge_uAh"), { name: "charge", unit: "\u00b5Ah" });
    assert.deepEqual(nameAndUnit("steps"), { name: "steps", unit: "" });
    assert.equal(fixed(-1234567.891, 2), "\u22121\u202f234\u202f567.89");
    assert.equal(fixed(-0.0001, 2), "0.00");
    assert.equal(fixed(NaN, 2), "\u2013");
    assert.deepEqual(
      [0.42, 60.3, 52560, 0.0012346, 0].map((value) => significant(value)),
      [...["0.42", "60.3", "52\u202f560", "0.001235", "0"]],
    );
    assert.equal(moment(86400 * 12 + 6 * 3600 + 30 * 60, 60), "day 12 06:30");
    assert.equal(moment(86399.7, 1), "day 1 00:00:00");
    assert.deepEqual(timeLabels([79200, 86400, 93600], 7200), [
      ...["22:00\nday 0", "00:00\nday 1", "02:00"],
    ]);
    assert.deepEqual(timeLabels([86400, 172800], 86400), ["1", "2"]);
  });
});
