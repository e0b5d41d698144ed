// A plot of lines is SVG whose curves lie within its axes, and which breaks on no value.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { linePlot } from "../../../tools/report/line_plot.js";

const plotOf = (x: number[], y: number[], name = "a") =>
  linePlot({
    ...{ title: "T", x_name: "x", y_name: "y" },
    lines: [{ name, color: "--estimate", x, y }],
  }).text;

describe("a plot of lines", () => {
  it("puts the lowest point at the lower left and the highest at the upper right", () => {
    const text = plotOf([0, 50, 100], [3, 3.5, 4]);
    assert.match(text, /points="64,220 346,115 628,10"/);
    assert.match(text, />20<.*>3\.2</s);
  });

  it("draws a level line and a single point", () => {
    for (const text of [plotOf([0, 1], [5, 5]), plotOf([2], [7])]) {
      assert.doesNotMatch(text, /NaN|Infinity/);
    }
  });

  it("escapes names", () => {
    assert.match(plotOf([0, 1], [0, 1], "<b>"), /&lt;b&gt;/);
  });
});
