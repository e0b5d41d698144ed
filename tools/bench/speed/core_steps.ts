// How many steps a second the core makes: in WebAssembly from inside one call, the gauge alone and
// the whole walk; and from JavaScript with one call a step.

import { Pmic } from "../../../host/core/abi.js";
import { type Measurement } from "../report.js";
import { benchNode, buildLoop, CoreLoop, Work, type Build } from "./bench_node.js";
import { stepsFromJs, type Way } from "./from_js.js";
import { perSecond, RATE_BASIS } from "./rate.js";
import { type Wake } from "./sample_days.js";

const BUILDS: Record<Build, string> = {
  release: "built as the release (-O3, shrink 2)",
  fast: "built for speed (-O3, no shrinking), same bits",
};

const WORKS: Record<keyof typeof Work, string> = {
  gauge: "clock, checks, books, predict, correct; one hypothesis",
  gaugeAndReport: "the same, and the gauge area written",
  walk: "whole walk with plan and journal",
};

const NAMES: Record<Build, Record<keyof typeof Work, string>> = {
  release: {
    gauge: "core_steps_per_second",
    gaugeAndReport: "core_steps_reported_per_second",
    walk: "core_walks_per_second",
  },
  fast: {
    gauge: "core_fast_steps_per_second",
    gaugeAndReport: "core_fast_steps_reported_per_second",
    walk: "core_fast_walks_per_second",
  },
};

const WAYS: Record<Way, { name: string; of: string }> = {
  areas: { name: "core_steps_from_js_per_second", of: "core.areas, by name" },
  fields: { name: "core_steps_from_js_fields_per_second", of: "field objects resolved before" },
  words: { name: "core_steps_from_js_words_per_second", of: "properties of host/core/words.ts" },
};

const builds = Object.keys(BUILDS) as Build[];
const works = Object.keys(WORKS) as (keyof typeof Work)[];
const ways = Object.keys(WAYS) as Way[];

const limiting = ({ sample }: Wake) => ((sample.pmic_flags ?? 0) & Pmic.limiting) !== 0;

/** From inside one call. */
function inside(build: Build): Measurement[] {
  const { profile, wakes } = benchNode();
  const share = Math.round((100 * wakes.filter(limiting).length) / wakes.length);
  const days = `a 50 uAh node's days, a sample each 600 s, ${share} % at the float voltage`;
  const wasm = buildLoop(build);
  const samples = wakes.map(({ sample }) => sample);
  return works.map((work) => {
    const loop = new CoreLoop(wasm, profile, samples);
    // the filter finds its usual state
    loop.run(Work.walk, 0, samples.length);
    const value = perSecond((count) => {
      const good = loop.run(Work[work], 0, count);
      if (good !== count) throw new Error(`${count - good} of ${count} samples were not taken`);
    });
    const of = `${WORKS[work]}; in one call, ${BUILDS[build]}; ${days}; ${RATE_BASIS}`;
    return { name: NAMES[build][work], value, unit: "1/s", of };
  });
}

/** One call a step. */
function fromJs(way: Way): Measurement {
  const { profile, wakes } = benchNode();
  const value = perSecond(stepsFromJs(way, profile, wakes));
  const { name, of: access } = WAYS[way];
  const of = `whole walks, 13 elements written and 13 read by ${access}; ${RATE_BASIS}`;
  return { name, value, unit: "1/s", of };
}

/** All of it: some seconds of one core. */
export async function coreSteps(): Promise<Measurement[]> {
  return [...builds.flatMap(inside), ...ways.map(fromJs)];
}
