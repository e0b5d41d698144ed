// Conformance of the release core in a browser: its WebAssembly in a page of headless Chromium.

import { existsSync, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import puppeteer, { type Page } from "puppeteer-core";
import {
  absent,
  adapterCall,
  driverSource,
  verdict,
  type ConformanceOptions,
  type ConformanceResult,
} from "./engine.js";

const INSTALL_BROWSER = "apt-get install chromium";
/** Names of the browser's command. */
const COMMANDS = ["chromium", "chromium-browser"];

function findBrowser(): string | undefined {
  const folders = (process.env.PATH ?? "").split(delimiter);
  const paths = folders.flatMap((folder) => COMMANDS.map((name) => join(folder, name)));
  return paths.find((path) => existsSync(path));
}

const base64 = (path: string) => readFileSync(path).toString("base64");

/** What the page runs; everything comes with the call, so that the page fetches nothing. */
function replay(wasm: string, vector: string): string {
  return `
    const bytesOf = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
    const lines = [];
    const words = new Uint32Array(bytesOf(${JSON.stringify(vector)}).buffer);
    const wasm = bytesOf(${JSON.stringify(wasm)});
    WebAssembly.instantiate(wasm).then(({ instance }) => {
      tfmb_conformance(${adapterCall("instance.exports")}, words, (line) => lines.push(line));
      return lines.join("\\n");
    });`;
}

async function replayIn(page: Page, options: ConformanceOptions & { coreWasm: string }) {
  await page.evaluate(driverSource());
  return String(await page.evaluate(replay(base64(options.coreWasm), base64(options.vector))));
}

/** `coreJs` is not used; the path of the .wasm comes beside it. */
export async function run(
  options: ConformanceOptions & { coreWasm: string },
): Promise<ConformanceResult> {
  const executablePath = findBrowser();
  if (executablePath === undefined) return absent(INSTALL_BROWSER);
  // in a container there may be neither a sandbox nor shared memory; the page is our own
  const args = ["--no-sandbox", "--disable-dev-shm-usage"];
  const browser = await puppeteer.launch({ executablePath, args });
  try {
    return verdict(await replayIn(await browser.newPage(), options));
  } finally {
    await browser.close();
  }
}
