// The image that `tfmb build` makes for a Pico boots in an emulated RP2040 from its UF2 file, reads
// its ADC, keeps its journal in an FRAM, sleeps, and reckons bit for bit what the core does here.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { AREAS } from "../../../host/core/abi.js";
import { CHIPS, isInstalled } from "../../../tools/build/images.js";
import { buildPath } from "../../../tools/build/paths.js";
import { runBuild } from "../../../tools/commands/build.js";
import { decodeUf2 } from "../../../tools/firmware/uf2.js";
import { EmulatedPico } from "./emulated_pico.js";

const FAMILY = 0xe48bff56;
const WAKES = 6;
const CHARGE_PIN = 14;
/** 'VMFT', a record of the journal. */
const RECORD_MAGIC = 0x54464d56;

interface Exports {
  memory: WebAssembly.Memory;
  profile_at(): number;
  load_profile(length: number): number;
  boot(reason: number, off_s: number, time_ms: number): number;
  step(): number;
  storage_done(result: number): number;
}

/** The core on this machine, its storage served by the bytes given. */
class Twin {
  readonly exports: Exports;
  readonly memory: Uint8Array;
  readonly fram = new Uint8Array(512).fill(0xff);

  constructor(profile: Uint8Array) {
    const module = new WebAssembly.Module(new Uint8Array(readFileSync(buildPath("core.wasm"))));
    this.exports = new WebAssembly.Instance(module).exports as unknown as Exports;
    this.memory = new Uint8Array(this.exports.memory.buffer);
    this.memory.set(profile, this.exports.profile_at());
    assert.equal(this.exports.load_profile(profile.length), 0);
  }

  serve(): void {
    const view = new DataView(this.memory.buffer, AREAS.storage.at);
    for (;;) {
      const [op, address, length, at] = [0, 4, 8, 12].map((offset) => view.getUint32(offset, true));
      if (op === 0) return;
      const window = this.memory.subarray(at, at! + length!);
      if (op === 1) window.set(this.fram.subarray(address, address! + length!));
      if (op === 2) this.fram.set(window, address);
      this.exports.storage_done(0);
    }
  }
}

function lacks(t: TestContext): boolean {
  const { compiler, packages } = CHIPS.m0plus.family;
  if (isInstalled(compiler)) return false;
  assert.notEqual(process.env.CI, "true", packages);
  t.skip(packages);
  return true;
}

/** Address and length of the node's struct, from the image's symbols. */
function nodeIn(elf: string): { address: number; length: number } {
  const symbols = execFileSync("arm-none-eabi-nm", ["-S", elf], { encoding: "utf8" });
  const found = /^([0-9a-f]+) ([0-9a-f]+) . node$/m.exec(symbols);
  assert.ok(found !== null, "no symbol `node` in the image");
  const [address, length] = [found[1]!, found[2]!].map((text) => Number.parseInt(text, 16));
  return { address: address!, length: length! };
}

/** Linear memory is what the struct ends with; how long it is stands 8 bytes before it. */
function memoryOf(pico: EmulatedPico, { address, length }: ReturnType<typeof nodeIn>): number {
  const view = new DataView(pico.bytes(address, length).buffer);
  for (let at = 8; at < length; at += 8) {
    if (view.getUint32(at - 8, true) === length - at) return address + at;
  }
  throw new Error("the node's memory has no length: it was not set up");
}

test("a Pico boots from the UF2 file and lives as the core does here", (t) => {
  if (lacks(t)) return;
  const folder = mkdtempSync(join(tmpdir(), "tfmb-"));
  try {
    runBuild({ board: "pico", out: folder });
    const segments = decodeUf2(new Uint8Array(readFileSync(join(folder, "node.uf2"))), FAMILY);
    const pico = new EmulatedPico(segments);
    const node = nodeIn(join(folder, "node.elf"));
    const twin = new Twin(new Uint8Array(readFileSync(join(folder, "profile.bin"))));
    // 3.9 V behind the divider of two, 25 degC of the chip
    pico.chip.adc.channelValues[0] = Math.round((1950 / 3300) * 4096);
    pico.chip.adc.channelValues[4] = Math.round((709.4 / 3300) * 4096);
    let memory = 0;
    for (let wake = 0; wake < WAKES; wake++) {
      pico.work();
      memory ||= memoryOf(pico, node);
      const area = (name: "sample" | "gauge" | "decision" | "warm") =>
        pico.bytes(memory + AREAS[name].at, AREAS[name].size);
      if (wake === 0) {
        const { offset } = AREAS.warm.fields.boot_time_ms;
        const boot_ms = new DataView(area("warm").buffer).getUint32(offset, true);
        twin.exports.boot(0, 0xffffffff, boot_ms);
        twin.serve();
      }
      twin.memory.set(area("sample"), AREAS.sample.at);
      twin.exports.step();
      twin.serve();
      for (const name of ["gauge", "decision"] as const) {
        const { at, size } = AREAS[name];
        assert.deepEqual(area(name), twin.memory.slice(at, at + size), `${name}, wake ${wake}`);
      }
      pico.sleep();
    }
    assert.deepEqual(pico.fram, twin.fram);
    assert.equal(new DataView(pico.fram.buffer).getUint32(0, true), RECORD_MAGIC);
    assert.equal(pico.chip.gpio[CHARGE_PIN]!.value, 1);
    const minutes = pico.clock.nanos / 60e9;
    assert.ok(minutes > 49 && minutes < 61, `${minutes} minutes for ${WAKES} wakes of ten`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
