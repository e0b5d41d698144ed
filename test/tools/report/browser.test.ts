// The report in a browser, from file://: it draws every curve, zooms, fetches nothing and complains
// about nothing, for a year, for three hours, and for values that no plant should give.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { type Page } from "puppeteer-core";
import { writeRun } from "../../../tools/report/write.js";
import { traceFor } from "../../../tools/simulate/life.js";
import { numbersOf } from "../../../tools/simulate/numbers.js";
import { liveFor } from "../../host/sim/life_fixture.js";
import { drag, hasBrowser, openFile, pixels, plotBox, settled, windowOf } from "./chromium.js";
import { extremeRun, hoursRun, yearRun } from "./runs.js";

const PANELS = ["soc", "error", "voltage", "current", "light", "temperature", "modes"];

const root = mkdtempSync(join(tmpdir(), "tfmb-browser-"));
after(() => rmSync(root, { recursive: true, force: true }));

/** Opens a run's report. */
function open(run: ReturnType<typeof yearRun>, width = 1280, scheme = "light") {
  const dir = mkdtempSync(join(root, "run-"));
  writeRun(dir, run.numbers, run.trace);
  return openFile(join(dir, "report.html"), width, scheme);
}

/** What each canvas shows. */
const pictures = (page: Page) =>
  page.$$eval("#plots canvas", (all) => all.map((canvas) => canvas.toDataURL()));

/** How high the load's curve stands in its panel where the cursor is put, 0 to 1. */
async function loadHeight(page: Page): Promise<number> {
  const { x, y, width, height } = await plotBox(page, "current");
  await page.mouse.move(x + 0.25 * width, y + height / 2);
  await settled(page);
  const middle = await page.$$eval("#plot-current .u-cursor-pt", (points) => {
    const { top, bottom } = points.at(-1)!.getBoundingClientRect();
    return (top + bottom) / 2;
  });
  return (y + height - middle) / height;
}

const YEAR_S = 365 * 86400;

describe("the report in a browser", () => {
  it("draws every curve of a year and of three hours, in light and dark", async (t) => {
    if (!hasBrowser(t)) return;
    // three hours in the dark do not see every mode, and no error as large
    const never = /^modes (active|burst|survival)$|beyond/;
    for (const [run, scheme, missing] of [
      [yearRun(), "light", undefined],
      [hoursRun(), "dark", never],
    ] as const) {
      const { page, complaints } = await open(run, 1280, scheme);
      const counts = Object.entries(await pixels(page));
      assert.deepEqual([...new Set(counts.map(([name]) => name.split(" ")[0]))], PANELS);
      const empty = counts.filter(([name, count]) => count < 20 && missing?.test(name) !== true);
      assert.deepEqual(empty, [], `curves without pixels, ${scheme}`);
      assert.deepEqual(complaints, []);
      await page.close();
    }
  });

  it("draws the default node's year, as npm start writes it", async (t) => {
    if (!hasBrowser(t)) return;
    const trace = traceFor(YEAR_S / 3600);
    const life = await liveFor(YEAR_S / 3600, undefined, { trace });
    const { page, complaints } = await open({
      numbers: numbersOf(life, "commit", "replay"),
      trace,
    });
    // a node that is sized well is never off nor without work, and its estimate seldom wrong
    const may = /^modes (sleep|survival|off)$|beyond/;
    const counts = Object.entries(await pixels(page));
    const empty = counts.filter(([name, count]) => count < 20 && !may.test(name));
    assert.deepEqual(empty, [], "curves without pixels");
    assert.deepEqual(complaints, []);
    await page.close();
  });

  it("zooms all plots by dragging in one, shows every wake, and goes back", async (t) => {
    if (!hasBrowser(t)) return;
    const { page, complaints } = await open(yearRun());
    const all = await pictures(page);
    assert.deepEqual(await windowOf(page), { from_s: 0, to_s: YEAR_S, stride: 38 });
    await drag(page, "voltage", 0.5, 0.51);
    const near = await windowOf(page);
    assert.ok(Math.abs(near.from_s / YEAR_S - 0.5) < 0.002, `from ${near.from_s} s`);
    assert.ok(Math.abs(near.to_s / YEAR_S - 0.51) < 0.002, `to ${near.to_s} s`);
    assert.equal(near.stride, 1, "every wake is drawn");
    const zoomed = await pictures(page);
    assert.equal(zoomed.filter((picture, i) => picture === all[i]).length, 0);
    await page.click(".toolbar button[aria-label='Later']");
    assert.ok((await windowOf(page)).from_s > near.from_s);
    const { x, y, width } = await plotBox(page, "soc");
    await page.mouse.click(x + width / 2, y + 40, { count: 2 });
    await page.mouse.move(0, 0);
    await settled(page);
    assert.deepEqual(await windowOf(page), { from_s: 0, to_s: YEAR_S, stride: 38 });
    assert.deepEqual(await pictures(page), all);
    assert.deepEqual(complaints, []);
    await page.close();
  });

  it("tells the values under the cursor in all plots, and has logarithmic axes", async (t) => {
    if (!hasBrowser(t)) return;
    const { page, complaints } = await open(hoursRun());
    const before = await pictures(page);
    const linear = await loadHeight(page);
    for (const button of await page.$$("article header button")) await button.click();
    await settled(page);
    const changed = (await pictures(page)).map((picture, i) => picture !== before[i]);
    assert.deepEqual(
      changed,
      PANELS.map((panel) => /current|light/.test(panel)),
    );
    const log = await loadHeight(page);
    assert.ok(log > linear + 0.2, `0.7 uA of 6 uA stands at ${log}, ${linear} before`);
    const { x, y, width } = await plotBox(page, "light");
    await page.mouse.move(x + 0.25 * width, y + 30);
    await settled(page);
    const values = await page.$$eval("article", (all) =>
      all.map((article) => article.querySelector("b:not(:empty)")?.textContent ?? ""),
    );
    const units = ["%", "%", "V", "\u00b5A", "lx", "\u00b0C", "%"];
    values.forEach((value, i) => assert.match(value, new RegExp(`\\d.${units[i]}$`), PANELS[i]));
    const time = await page.$eval(".toolbar b", (element) => element.textContent);
    assert.match(time ?? "", /^day 0 00:4[45]$/);
    assert.deepEqual(complaints, []);
    await page.close();
  });

  it("shows the ledger's flows with their energies, as high as they are big", async (t) => {
    if (!hasBrowser(t)) return;
    const { page } = await open(yearRun());
    const bars = await page.$$eval("#flows g", (all) =>
      all.map((group) => ({
        text: group.querySelector("title")?.textContent ?? "",
        height: Number(group.querySelector("rect")?.getAttribute("height")),
        seen: group.querySelector("rect")!.getBoundingClientRect().height > 0,
      })),
    );
    assert.equal(bars.length, 2 + 4 + 1 + 7, "sources, used, stored, lost");
    assert.ok(bars.every(({ seen }) => seen));
    const events = bars.find(({ text }) => text.startsWith("events: 214.800"));
    // 260 high for the 611.312 J that came in
    assert.ok(Math.abs(events!.height - (260 * 214.8) / 611.312) < 0.01);
    assert.equal(await page.$$eval("#harvest rect", (all) => all.length), 3);
    await page.close();
  });

  it("stays whole with absurd values, a hostile title and a narrow window", async (t) => {
    if (!hasBrowser(t)) return;
    const run = extremeRun();
    const title = `</title></script><img src=x onerror="document.title='broken'">`;
    const { page, complaints } = await open({ ...run, numbers: { ...run.numbers, title } }, 390);
    assert.equal(await page.title(), title);
    assert.equal(await page.$eval("h1", (element) => element.textContent), title);
    assert.equal(await page.$("img"), null);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(wide <= 390, `page of ${wide} pixels in a window of 390`);
    assert.ok((await pixels(page))["soc estimate"]! > 20);
    await drag(page, "light", 0.2, 0.8);
    assert.ok((await windowOf(page)).from_s > 1000);
    assert.deepEqual(complaints, []);
    await page.close();
  });
});
