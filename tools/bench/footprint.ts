// The suite `footprint`: what the core costs on a chip, in bytes, instructions and energy.

import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { readScenario } from "../../boards/parts.js";
import { resolveProfile } from "../../boards/resolve.js";
import { AREAS } from "../../host/core/abi.js";
import { compileProfile } from "../../host/core/profile.js";
import { GOLDEN, identicalEngines, judgeAll } from "../../test/conformance/matrix.js";
import * as xs from "../../test/runtimes/xs.js";
import { ARM_GCC, ARM_PACKAGES, CHIPS, isInstalled } from "../build/images.js";
import { countLabels } from "../build/core_js.js";
import { buildPath, projectPath } from "../build/paths.js";
import { buildGaugeCore, countInstructions, type Counts } from "./footprint/count.js";
import {
  BASIS,
  UPDATE_INTERVAL_S,
  gaugeUpdate_J,
  instructions_J,
  sleepFloor_W,
} from "./footprint/energy.js";
import { changedByRebuild, linkedImages, softDoubleSymbols } from "./footprint/linked_images.js";
import { codeByRoom } from "./footprint/rooms.js";
import { measureSections, type Sections } from "./footprint/sections.js";
import { type Measurement } from "./report.js";

const EVERY = 20;

function wasmMetrics(): Measurement[] {
  const wasm = readFileSync(buildPath("core.wasm"));
  const js = readFileSync(buildPath("core.js"), "utf8");
  const of = "release core.wasm";
  return [
    { name: "wasm_bytes", value: wasm.length, unit: "B", of },
    { name: "wasm_gzip_bytes", value: gzipSync(wasm, { level: 9 }).length, unit: "B", of },
    { name: "core_js_bytes", value: js.length, unit: "B", of: "core.js, wasm2js minified" },
    {
      name: "core_js_labels",
      value: countLabels(js),
      unit: "1",
      of: "Espruino's JavaScript has none",
    },
    { name: "vital_bytes", value: AREAS.vital.size, unit: "B", of: "with seal and CRC" },
  ];
}

function chipMetrics(
  key: string,
  counts: Counts,
  sections: Sections,
  rooms: string,
): Measurement[] {
  const of = `median of ${counts.counted} steps of the golden vector, one hypothesis`;
  const value = (name: string, number: number, unit: string, what: string): Measurement => ({
    name: `cortex_${key}_${name}`,
    value: number,
    unit,
    of: what,
  });
  const flash = sections.code_bytes + sections.tables_bytes;
  const ratio = counts.sameBits ? counts.gauge / counts.byHand : NaN;
  return [
    value("flash_bytes", flash, "B", `code and tables; code by room, not inlined: ${rooms}`),
    value("library_bytes", sections.library_bytes, "B", "libgcc and libm beside it"),
    value("gauge_instructions", counts.gauge, "1", of),
    value("gauge_by_hand_instructions", counts.byHand, "1", "the same update in C, same bits"),
    value("gauge_ratio_to_c", ratio, "1", "same bits on every state"),
    value("step_instructions", counts.step, "1", `whole step with planning, ${of}`),
  ];
}

function ramMetrics(counts: Counts, sections: Sections): Measurement[] {
  const node = resolveProfile(readScenario(projectPath("boards"), "default-year"));
  const profile_bytes = compileProfile(node).length;
  const ram = sections.instance_bytes + sections.library_ram_bytes + counts.stack_bytes;
  const parts = `instance ${sections.instance_bytes} + stack ${counts.stack_bytes}`;
  return [
    {
      name: "ram_bytes",
      value: ram,
      unit: "B",
      of: `Cortex-M4F, profile in place in flash: ${parts}`,
    },
    {
      name: "ram_with_profile_bytes",
      value: ram + profile_bytes,
      unit: "B",
      of: `the same with the profile of default-year, ${profile_bytes} B, copied to RAM`,
    },
  ];
}

function energyMetrics(counts: Counts): Measurement[] {
  const average_W = gaugeUpdate_J(counts.gauge) / UPDATE_INTERVAL_S;
  return [
    { name: "step_energy_nJ", value: instructions_J(counts.step) * 1e9, unit: "nJ", of: BASIS },
    {
      name: "gauge_average_power_nW",
      value: average_W * 1e9,
      unit: "nW",
      of: `wake, gated divider, ADC, compute, record share every ten minutes; ${BASIS}`,
    },
    { name: "sleep_floor_nW", value: sleepFloor_W * 1e9, unit: "nW", of: BASIS },
  ];
}

const CHIP_NAMES = ["flash_bytes", "gauge_instructions", "gauge_ratio_to_c"];

function withoutChips(): Measurement[] {
  const names = ["m4f", "m0plus"].flatMap((key) =>
    CHIP_NAMES.map((name) => `cortex_${key}_${name}`),
  );
  const others = [
    "cortex_m4f_step_instructions",
    "ram_bytes",
    "step_energy_nJ",
    "soft_double_symbols",
  ];
  const of = `needs: ${ARM_PACKAGES}`;
  return [...names, ...others].map((name) => ({ name, value: null, unit: "1", of }));
}

function onChips(): Measurement[] {
  if (!isInstalled(ARM_GCC) || !isInstalled("qemu-system-arm")) return withoutChips();
  const core = buildGaugeCore();
  const measured = (["m4f", "m0plus"] as const).map((key) => {
    const chip = CHIPS[key];
    const counts = countInstructions(chip, core, EVERY, key === "m4f" ? 64 : 16);
    const rooms = Object.entries(codeByRoom(chip)).map(([room, bytes]) => `${room} ${bytes}`);
    const sections = measureSections(chip);
    return { key, counts, sections, metrics: chipMetrics(key, counts, sections, rooms.join(", ")) };
  });
  const [m4f] = measured;
  const doubles = linkedImages().flatMap(softDoubleSymbols);
  const changed = changedByRebuild(CHIPS.m4f);
  return [
    ...ramMetrics(m4f!.counts, m4f!.sections),
    ...measured.flatMap(({ metrics }) => metrics),
    ...energyMetrics(m4f!.counts),
    {
      name: "soft_double_symbols",
      value: doubles.length,
      unit: "1",
      of: doubles.join(" ") || `${linkedImages().length} linked images`,
    },
    {
      name: "builds_identical",
      value: changed.length === 0 ? 1 : 0,
      unit: "1",
      of: changed.join(" ") || "wasm, C and Cortex-M4F image built twice, byte by byte",
    },
  ];
}

export async function footprint(): Promise<Measurement[]> {
  const rows = await judgeAll(Date.now() >>> 0);
  const engines = rows.filter((row) => row.counts && row.identical).map((row) => row.engine);
  const options = { coreJs: buildPath("core.js"), vector: GOLDEN };
  const meter = xs.isBuilt() ? (await xs.meter(options)).compute_per_step : null;
  return [
    ...wasmMetrics(),
    ...onChips(),
    {
      name: "engines_bit_identical",
      value: identicalEngines(rows),
      unit: "1",
      of: engines.join("; "),
    },
    {
      name: "xs_meter_per_step",
      value: meter,
      unit: "1",
      of:
        meter === null ? "needs: npm ci --prefix test/runtimes" : "XS bytecodes in step(), wasm2js",
    },
  ];
}
