// Drawings of docs/systems: ticks are round and within, names cannot break the file, and every
// line stays in its panel.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { svgOf, ticksOf } from "../../../tools/systems/plot.js";

describe("ticks", () => {
  it("are round and lie within the axis", () => {
    assert.deepEqual(ticksOf(0, 10), [0, 2, 4, 6, 8, 10]);
    assert.deepEqual(ticksOf(3.93, 4.06), [3.95, 4, 4.05]);
    assert.deepEqual(ticksOf(-0.3, 0.3), [-0.2, 0, 0.2]);
  });
});

describe("a drawing", () => {
  const lines = [{ name: "a < b", x: [0, 1, 2], y: [1, 5, 3] }];

  it("escapes what it is given", () => {
    const svg = svgOf({ title: "<&>", panels: [{ x: "h", y: "V", lines }] });
    assert.ok(svg.includes("<title>&lt;&amp;&gt;</title>"));
    assert.ok(svg.includes("a &lt; b"));
  });

  it("keeps a line that leaves the axis at its edge", () => {
    const svg = svgOf({ title: "t", panels: [{ x: "h", y: "V", from: 0, to: 4, lines }] });
    const path = /class="line"[^>]*d="M([^"]*)"/.exec(svg)![1]!;
    const [first, second] = path.split("L").map((point) => Number(point.split(" ")[1]));
    assert.equal(second, 76, "clipped to the panel's upper edge");
    assert.ok(first! > second);
  });
});
