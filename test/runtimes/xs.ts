// Conformance of the wasm2js core on XS, Moddable's engine, and what a step costs there. The
// engine is xsnap's worker, built by npm from the sources in its package.

import { existsSync } from "node:fs";
import { AREAS } from "../../host/core/abi.js";
import {
  INSTALL_ENGINES,
  absent,
  adapterCall,
  besideThis,
  driverSource,
  read,
  replayCall,
  runProcess,
  verdict,
  type ConformanceOptions,
  type ConformanceResult,
} from "./engine.js";

/** Steps of the meter's loop, and the clock between them: a node that wakes every ten minutes. */
const METER_STEPS = 1000;
const METER_DT_MS = 600_000;

/** Leaves an instance that has accepted a step. */
const WARM_UP = `
var tfmb_instance = tfmb_core();
var tfmb_memory = new Uint32Array(tfmb_instance.memory);
tfmb_warm_up(${adapterCall("tfmb_instance")}, tfmb_words);
`;

interface Answer {
  lines: string[];
  compute: number[];
}

export function isBuilt(): boolean {
  return existsSync(besideThis("node_modules/@agoric/xsnap/xsnap-native/xsnap/build/bin"));
}

async function session(vector: string, scripts: string[]): Promise<Answer> {
  const request = JSON.stringify({ vector, scripts });
  const result = await runProcess(process.execPath, [besideThis("xs_session.mjs")], request);
  if (result.code !== 0)
    throw new Error(`xs_session.mjs: exit code ${result.code}: ${result.stderr}`);
  return JSON.parse(result.stdout) as Answer;
}

export async function run(options: ConformanceOptions): Promise<ConformanceResult> {
  if (!isBuilt()) return absent(INSTALL_ENGINES);
  const answer = await session(options.vector, [
    driverSource(),
    read(options.coreJs),
    replayCall("tfmb_words", "tfmb_print"),
  ]);
  return verdict(answer.lines.join("\n"));
}

/**
 * What one step() costs in XS: its compute meter, which counts executed bytecode instructions
 * (of a built-in function such as Math.fround only its call), on any machine the same.
 * The vector is replayed up to the first step that the core accepts; from there the core takes
 * METER_STEPS steps, each METER_DT_MS after the last, with the other sample values unchanged.
 * The same loop around an empty function is subtracted, so that loop, clock and call are not
 * counted, everything inside step() is. Storage operations that a step asks for are not answered.
 */
export async function meter(options: ConformanceOptions): Promise<{ compute_per_step: number }> {
  if (!isBuilt()) throw new Error(`XS is not on this machine; run: ${INSTALL_ENGINES}`);
  const time_at = AREAS.sample.at + AREAS.sample.fields.time_ms.offset;
  const loop = (step: string) =>
    `tfmb_loop(${step}, tfmb_memory, ${time_at >>> 2}, ${METER_DT_MS}, ${METER_STEPS});\n`;
  const { compute } = await session(options.vector, [
    driverSource(),
    read(options.coreJs),
    read(besideThis("meter.js")),
    WARM_UP,
    loop("tfmb_instance.step"),
    loop("tfmb_no_step"),
  ]);
  const [steps, empty] = compute.slice(-2);
  return { compute_per_step: ((steps ?? NaN) - (empty ?? NaN)) / METER_STEPS };
}
