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
import { builtPath } from "../build/built.js";
import { projectPath } from "../build/paths.js";
import {
  MANY,
  buildGaugeCore,
  countInstructions,
  type Counts,
  type Spread,
} from "./footprint/count.js";
import { espruinoMetrics } from "./footprint/espruino.js";
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

const EVERY = 8;

function wasmMetrics(): Measurement[] {
  const wasm = readFileSync(builtPath("core.wasm"));
  const js = readFileSync(builtPath("core.js"), "utf8");
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

/** Wakes of a node that wakes every ten minutes and uses a voltage once an hour. */
const WAKES_PER_CORRECTION = 6;

/** Mean update of such a node, instructions. */
function tenMinutes(counts: Counts): number {
  const { predicting, correcting } = counts;
  return (
    ((WAKES_PER_CORRECTION - 1) * predicting.median + correcting.median) / WAKES_PER_CORRECTION
  );
}

type Row = [name: string, value: number, unit: string, of: string];

function gaugeRows(counts: Counts): Row[] {
  const { gauge, plan, predicting, correcting, loaded } = counts;
  const of = "steps of the golden vector, one hypothesis";
  const ratio = counts.sameBits ? gauge.median / counts.byHand.median : NaN;
  const median = (which: string, { counted }: Spread) => `median of ${counted} ${which}${of}`;
  return [
    ["gauge_instructions", gauge.median, "1", median("", gauge)],
    ["gauge_mean_instructions", gauge.mean, "1", `mean of the same ${gauge.counted} steps`],
    [
      "gauge_largest_instructions",
      gauge.largest,
      "1",
      `largest of the same ${gauge.counted} steps`,
    ],
    ["gauge_predicting_instructions", predicting.median, "1", median("predicting ", predicting)],
    ["gauge_correcting_instructions", correcting.median, "1", median("correcting ", correcting)],
    [
      "gauge_ten_minutes_instructions",
      tenMinutes(counts),
      "1",
      "mean of a node that wakes every ten minutes: one correcting wake an hour, five predicting",
    ],
    ["gauge_loaded_instructions", loaded.median, "1", median("under load, ", loaded)],
    ["hypothesis_predicting_instructions", counts.furtherPredicting, "1", "each further one"],
    ["hypothesis_correcting_instructions", counts.furtherCorrecting, "1", "each further one"],
    ["plan_instructions", plan.median, "1", `harvest and plan, ${median("", plan)}`],
    ["plan_largest_instructions", plan.largest, "1", "largest of the same steps"],
    ["gauge_by_hand_instructions", counts.byHand.median, "1", "the same update in C, same bits"],
    ["gauge_ratio_to_c", ratio, "1", "same bits on every state, with any number of hypotheses"],
    [
      "step_instructions",
      counts.step.median,
      "1",
      `whole step with planning, ${median("", gauge)}`,
    ],
    [
      "step_default_hypotheses_instructions",
      counts.manyStep,
      "1",
      `the same steps with ${MANY} hypotheses`,
    ],
  ];
}

function chipMetrics(
  key: string,
  counts: Counts,
  sections: Sections,
  rooms: string,
): Measurement[] {
  const flash = sections.code_bytes + sections.tables_bytes;
  const rows: Row[] = [
    ["flash_bytes", flash, "B", `code and tables; code by room, not inlined: ${rooms}`],
    ["library_bytes", sections.library_bytes, "B", "libgcc and libm beside it"],
    ...gaugeRows(counts),
  ];
  return rows.map(([name, value, unit, of]) => ({
    name: `cortex_${key}_${name}`,
    value,
    unit,
    of,
  }));
}

function ramMetrics(counts: Counts): Measurement[] {
  const [one, many] = [1, MANY].map((number) => measureSections(CHIPS.m4f, number)) as [
    Sections,
    Sections,
  ];
  const node = resolveProfile(readScenario(projectPath("boards"), "default-year"));
  const profile_bytes = compileProfile(node).length;
  const copied = measureSections(CHIPS.m4f, 9, `TFMB_PROFILE_AT + ${profile_bytes}`);
  const ramOf = (sections: Sections) =>
    sections.instance_bytes + sections.library_ram_bytes + counts.stack_bytes;
  const parts = (sections: Sections) =>
    `instance ${sections.instance_bytes} + stack ${counts.stack_bytes}`;
  const place = "Cortex-M4F, profile in place in flash";
  const each = (many.instance_bytes - one.instance_bytes) / (MANY - 1);
  const rows: Row[] = [
    ["ram_bytes", ramOf(one), "B", `${place}, one hypothesis: ${parts(one)}`],
    ["ram_default_hypotheses_bytes", ramOf(many), "B", `${MANY} hypotheses: ${parts(many)}`],
    ["ram_hypothesis_bytes", each, "B", "each further hypothesis"],
    [
      "ram_with_profile_bytes",
      ramOf(copied),
      "B",
      `the profile of default-year, ${profile_bytes} B, copied behind nine hypotheses`,
    ],
  ];
  return rows.map(([name, value, unit, of]) => ({ name, value, unit, of }));
}

function energyMetrics(counts: Counts): Measurement[] {
  const average_W = gaugeUpdate_J(tenMinutes(counts)) / UPDATE_INTERVAL_S;
  return [
    {
      name: "step_energy_nJ",
      value: instructions_J(counts.step.median) * 1e9,
      unit: "nJ",
      of: BASIS,
    },
    {
      name: "gauge_average_power_nW",
      value: average_W * 1e9,
      unit: "nW",
      of:
        "wake, gated divider, ADC, compute (mean of five predicting wakes and a correcting one), " +
        `record share every ten minutes; ${BASIS}`,
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
    "ram_default_hypotheses_bytes",
    "step_energy_nJ",
    "soft_double_symbols",
    "espruino_file_bytes",
    "espruino_ram_bytes",
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
    ...ramMetrics(m4f!.counts),
    ...measured.flatMap(({ metrics }) => metrics),
    ...energyMetrics(m4f!.counts),
    ...espruinoMetrics(),
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
  const options = { coreJs: builtPath("core.js"), vector: GOLDEN };
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
      name: "engines_bit_identical_complete",
      value: identicalEngines(rows),
      unit: "1",
      of: `the same, on the complete core: ${engines.length} engines`,
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
