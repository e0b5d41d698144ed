// A report in a browser, for the tests: opened from file://, with all that it complains about.

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { after, before, type TestContext } from "node:test";
import { pathToFileURL } from "node:url";
import puppeteer, { type Browser, type Page } from "puppeteer-core";

const NEEDS = "needs: apt-get install chromium fonts-dejavu-core";

const chromium = (process.env.PATH ?? "")
  .split(delimiter)
  .map((folder) => join(folder, "chromium"))
  .find((path) => existsSync(path));

let browser: Browser | undefined;

before(async () => {
  if (chromium === undefined) return;
  // in a container there may be neither a sandbox nor shared memory; the page is our own
  const args = ["--no-sandbox", "--disable-dev-shm-usage"];
  browser = await puppeteer.launch({ executablePath: chromium, args });
});

after(async () => {
  await browser?.close();
});

/** Whether there is a browser; without one the test is skipped, or fails under CI. */
export function hasBrowser(t: TestContext): boolean {
  if (browser !== undefined) return true;
  assert.notEqual(process.env.CI, "true", NEEDS);
  t.skip(NEEDS);
  return false;
}

/** Opens a report; what the page complains about ends up in `complaints`. */
export async function openFile(file: string, width = 1280, scheme = "light") {
  const page = await browser!.newPage();
  const complaints: string[] = [];
  page.on("console", (message) => complaints.push(`${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("request", (request) => {
    if (!request.url().startsWith("file:")) complaints.push(`asks for ${request.url()}`);
  });
  await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
  await page.setViewport({ width, height: 900 });
  await page.goto(pathToFileURL(file).href);
  await settled(page);
  return { page, complaints };
}

/** Until everything that was asked for is drawn. */
export const settled = (page: Page) =>
  page.evaluate(
    () => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))),
  );

/** Pixels of each curve's colour in its panel's canvas: `{ "soc truth": 1234 }`. */
export const pixels = (page: Page): Promise<Record<string, number>> =>
  page.evaluate(() => {
    const found: Record<string, number> = {};
    for (const article of document.querySelectorAll("article")) {
      const canvas = article.querySelector("canvas")!;
      const { data } = canvas.getContext("2d")!.getImageData(0, 0, canvas.width, canvas.height);
      for (const swatch of article.querySelectorAll("i")) {
        const wanted = (getComputedStyle(swatch).backgroundColor.match(/\d+/g) ?? []).map(Number);
        let count = 0;
        for (let at = 0; at < data.length; at += 4) {
          if (data[at + 3]! < 40) continue;
          if ([0, 1, 2].every((c) => Math.abs(data[at + c]! - wanted[c]!) < 40)) count++;
        }
        const name = swatch.parentElement!.childNodes[1]!.textContent ?? "";
        found[`${article.id.replace("plot-", "")} ${name}`] = count;
      }
    }
    return found;
  });

export const windowOf = (page: Page) =>
  page.$eval("#plots", (element) => {
    const { from_s, to_s, stride } = (element as HTMLElement).dataset;
    return { from_s: Number(from_s), to_s: Number(to_s), stride: Number(stride) };
  });

export async function plotBox(page: Page, panel: string) {
  const plot = await page.$(`#plot-${panel} .u-over`);
  await plot?.evaluate((element) => element.scrollIntoView({ block: "center" }));
  await settled(page);
  const box = await plot?.boundingBox();
  assert.ok(box, `no plot ${panel}`);
  return box;
}

/** Drags over a part of a panel's width. */
export async function drag(page: Page, panel: string, from: number, to: number): Promise<void> {
  const { x, y, width, height } = await plotBox(page, panel);
  await page.mouse.move(x + from * width, y + height / 2);
  await page.mouse.down();
  await page.mouse.move(x + to * width, y + height / 2, { steps: 3 });
  await page.mouse.up();
  await settled(page);
}
