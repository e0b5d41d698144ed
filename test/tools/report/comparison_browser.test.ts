// The report of a comparison in a browser: every course is drawn, and where only a policy is dead
// is seen; it zooms, fits a phone, fetches nothing and complains about nothing.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { type Page } from "puppeteer-core";
import { rowsOf } from "../../../tools/report/comparison/rows.js";
import { writeComparison } from "../../../tools/report/comparison/write.js";
import { drag, hasBrowser, openFile, pixels, plotBox, settled, windowOf } from "./chromium.js";
import { threeDays } from "./comparisons.js";

const root = mkdtempSync(join(tmpdir(), "tfmb-comparison-"));
after(() => rmSync(root, { recursive: true, force: true }));

const three = await threeDays();
writeComparison(root, three);
const file = join(root, "compare.html");
const policies = rowsOf(three).slice(1, -1);
const HOUR_S = 3600;

/** Whether a slot is shaded: orange, but paler than any line, in the upper half. */
const isShaded = (page: Page, panel: string, slot: number) =>
  page.evaluate(
    (id, share) => {
      const article = document.querySelector(`#plot-${id}`)!;
      const canvas = article.querySelector("canvas")!;
      const over = article.querySelector(".u-over")!.getBoundingClientRect();
      const frame = canvas.getBoundingClientRect();
      const scale = canvas.width / frame.width;
      const context = canvas.getContext("2d")!;
      return [0.1, 0.2, 0.3, 0.4].some((height) => {
        const x = over.left - frame.left + share * over.width;
        const y = over.top - frame.top + height * over.height;
        const [red, green, blue, alpha] = context.getImageData(x * scale, y * scale, 1, 1).data;
        const isOrange = red! > 150 && green! > 80 && green! < 120 && blue! < 60;
        return isOrange && alpha! > 40 && alpha! < 200;
      });
    },
    panel,
    (slot + 0.5) / 72,
  );

describe("the report of a comparison in a browser", () => {
  it("draws harvest, every policy's charge beside the plan's, and events", async (t) => {
    if (!hasBrowser(t)) return;
    for (const scheme of ["light", "dark"]) {
      const { page, complaints } = await openFile(file, 1280, scheme);
      const counts = await pixels(page);
      const stored = policies.flatMap((_, i) => [
        ...[`stored-${i} stored`, `stored-${i} perfect plan`],
      ]);
      for (const name of ["harvest harvest", "harvest floor", ...stored, "events reference"]) {
        assert.ok(counts[name]! > 20, `${name}: ${counts[name]} pixels, ${scheme}`);
      }
      assert.deepEqual(complaints, []);
      await page.close();
    }
  });

  it("shades where only the policy is dead", async (t) => {
    if (!hasBrowser(t)) return;
    const { page } = await openFile(file);
    for (const [i, { unpaid, title }] of policies.entries()) {
      for (let slot = 1; slot < 72; slot++) {
        const only = unpaid[slot] === 1 && three.idling.unpaid[slot] === 0;
        assert.equal(await isShaded(page, `stored-${i}`, slot), only, `${title}, slot ${slot}`);
      }
    }
    await page.close();
  });

  it("zooms all plots, and tells the values under the cursor", async (t) => {
    if (!hasBrowser(t)) return;
    const { page, complaints } = await openFile(file);
    await drag(page, "stored-1", 0.25, 0.5);
    const { from_s, to_s } = await windowOf(page);
    assert.ok(Math.abs(from_s - 18 * HOUR_S) < 1000 && Math.abs(to_s - 36 * HOUR_S) < 1000);
    const { x, y, width, height } = await plotBox(page, "harvest");
    await page.mouse.move(x + width / 2, y + height / 2);
    await settled(page);
    const values = await page.$$eval("article", (all) =>
      all.map((article) => article.querySelector("b:not(:empty)")?.textContent ?? ""),
    );
    assert.match(values[0]!, /\d .W$/);
    for (const value of values.slice(1, -1)) assert.match(value, /^\d+\.\d %$/);
    const seen = await page.$eval(".toolbar p", (element) => element.textContent);
    assert.match(seen ?? "", /points, each drawn$/);
    assert.deepEqual(complaints, []);
    await page.close();
  });

  it("fits a phone, bars and all", async (t) => {
    if (!hasBrowser(t)) return;
    const { page, complaints } = await openFile(file, 390);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(wide <= 390, `page of ${wide} pixels in a window of 390`);
    const boxes = await page.$$eval(".track div", (all) =>
      all.map((track) => {
        const { left, right, width } = track.getBoundingClientRect();
        const inside = [...track.children].every((part) => {
          const box = part.getBoundingClientRect();
          return box.left >= left - 0.5 && box.right <= right + 0.5;
        });
        return { width, inside };
      }),
    );
    assert.equal(boxes.length, 9 * 7);
    assert.ok(boxes.every(({ inside, width }) => inside && width > 100));
    assert.deepEqual(complaints, []);
    await page.close();
  });
});
