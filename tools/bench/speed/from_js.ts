// Steps from JavaScript, one call each: thirteen elements of the sample written, the walk, thirteen
// elements of what came out read. Three ways to reach them; the walk is the same in all.

import { Values } from "../../../host/core/abi.js";
import { Core } from "../../../host/core/core.js";
import { compileProfile, type ProfileValues } from "../../../host/core/profile.js";
import { Words } from "../../../host/core/words.js";
import { coreModule } from "../../build/built.js";
import { start } from "./bench_node.js";
import { INTERVAL_S, type Wake } from "./sample_days.js";

export type Way = "areas" | "fields" | "words";

/** Takes that many samples, which come round; returns a sum of all that was read. */
export type Steps = (count: number) => number;

/** A sample without holes: what was not measured is 0, and not valid. */
interface Row {
  valid: number;
  pmic_flags: number;
  active_ms: number;
  voltage_mV: number;
  voltage_loaded_mV: number;
  pulse_drain_nA: number;
  temperature_degC: number;
  harvest_mean_nA: number;
  harvest_now_nA: number;
  source_mV: number;
  uploads: number;
  adverts: number;
}

const ALWAYS = Values.voltage | Values.harvest | Values.harvest_now | Values.active | Values.source;

function rowOf({ sample }: Wake): Row {
  const { voltage_loaded_mV = 0, pulse_drain_nA = 0, temperature_degC } = sample;
  const pulse = pulse_drain_nA > 0 ? Values.pulse : 0;
  const temperature = temperature_degC === undefined ? 0 : Values.temperature;
  return {
    valid: ALWAYS | pulse | temperature,
    pmic_flags: sample.pmic_flags ?? 0,
    active_ms: sample.active_ms ?? 0,
    voltage_mV: sample.voltage_mV ?? 0,
    voltage_loaded_mV,
    pulse_drain_nA,
    temperature_degC: temperature_degC ?? 0,
    harvest_mean_nA: sample.harvest_mean_nA ?? 0,
    harvest_now_nA: sample.harvest_now_nA ?? 0,
    source_mV: sample.source_mV?.[0] ?? 0,
    uploads: sample.events?.[0] ?? 0,
    adverts: sample.events?.[1] ?? 0,
  };
}

function started(profile: ProfileValues): Core {
  const module = coreModule();
  const core = new Core(new WebAssembly.Instance(module).exports);
  start(core, compileProfile(profile));
  return core;
}

/** One step with a row at a time; returns the sum of what was read. */
type Step = (row: Row, time_ms: number) => number;

function areas(core: Core): Step {
  const { sample, decision, gauge, storage } = core.areas;
  return (row, time_ms) => {
    sample.set("time_ms", time_ms);
    sample.set("valid", row.valid);
    sample.set("pmic_flags", row.pmic_flags);
    sample.set("active_ms", row.active_ms);
    sample.set("voltage_mV", row.voltage_mV);
    sample.set("voltage_loaded_mV", row.voltage_loaded_mV);
    sample.set("pulse_drain_nA", row.pulse_drain_nA);
    sample.set("temperature_degC", row.temperature_degC);
    sample.set("harvest_mean_nA", row.harvest_mean_nA);
    sample.set("harvest_now_nA", row.harvest_now_nA);
    sample.set("source_mV", row.source_mV);
    sample.set("events", row.uploads, 0);
    sample.set("events", row.adverts, 1);
    core.step();
    while (storage.get("op") !== 0) core.storageDone();
    const numbers = decision.get("mode") + decision.get("charge_enable") + decision.get("sleep_ms");
    const events = decision.get("events", 0) + decision.get("events", 1);
    const limits = decision.get("charge_limit_nA") + decision.get("float_mV");
    const bits = decision.get("faults") + decision.get("veto") + decision.get("unenforced");
    return numbers + events + limits + bits + gauge.get("soc") + gauge.get("soc_sigma");
  };
}

function fields(core: Core): Step {
  const { sample, decision, gauge, storage } = core.areas;
  const time = sample.field("time_ms");
  const valid = sample.field("valid");
  const pmic_flags = sample.field("pmic_flags");
  const active = sample.field("active_ms");
  const voltage = sample.field("voltage_mV");
  const loaded = sample.field("voltage_loaded_mV");
  const pulse = sample.field("pulse_drain_nA");
  const temperature = sample.field("temperature_degC");
  const mean = sample.field("harvest_mean_nA");
  const now = sample.field("harvest_now_nA");
  const source = sample.field("source_mV");
  const done = sample.field("events");
  const op = storage.field("op");
  const mode = decision.field("mode");
  const charge_enable = decision.field("charge_enable");
  const sleep = decision.field("sleep_ms");
  const allowed = decision.field("events");
  const limit = decision.field("charge_limit_nA");
  const float = decision.field("float_mV");
  const faults = decision.field("faults");
  const veto = decision.field("veto");
  const unenforced = decision.field("unenforced");
  const soc = gauge.field("soc");
  const sigma = gauge.field("soc_sigma");
  return (row, time_ms) => {
    time.set(time_ms);
    valid.set(row.valid);
    pmic_flags.set(row.pmic_flags);
    active.set(row.active_ms);
    voltage.set(row.voltage_mV);
    loaded.set(row.voltage_loaded_mV);
    pulse.set(row.pulse_drain_nA);
    temperature.set(row.temperature_degC);
    mean.set(row.harvest_mean_nA);
    now.set(row.harvest_now_nA);
    source.set(row.source_mV);
    done.set(row.uploads, 0);
    done.set(row.adverts, 1);
    core.step();
    while (op.get() !== 0) core.storageDone();
    const numbers = mode.get() + charge_enable.get() + sleep.get();
    const events = allowed.get(0) + allowed.get(1);
    const limits = limit.get() + float.get();
    const bits = faults.get() + veto.get() + unenforced.get();
    return numbers + events + limits + bits + soc.get() + sigma.get();
  };
}

function words(core: Core): Step {
  const { sample, decision, gauge, storage } = new Words(core);
  return (row, time_ms) => {
    sample.time_ms = time_ms;
    sample.valid = row.valid;
    sample.pmic_flags = row.pmic_flags;
    sample.active_ms = row.active_ms;
    sample.voltage_mV = row.voltage_mV;
    sample.voltage_loaded_mV = row.voltage_loaded_mV;
    sample.pulse_drain_nA = row.pulse_drain_nA;
    sample.temperature_degC = row.temperature_degC;
    sample.harvest_mean_nA = row.harvest_mean_nA;
    sample.harvest_now_nA = row.harvest_now_nA;
    sample.source_mV[0] = row.source_mV;
    sample.events[0] = row.uploads;
    sample.events[1] = row.adverts;
    core.step();
    while (storage.op !== 0) core.storageDone();
    const numbers = decision.mode + decision.charge_enable + decision.sleep_ms;
    const events = decision.events[0]! + decision.events[1]!;
    const limits = decision.charge_limit_nA + decision.float_mV;
    const bits = decision.faults + decision.veto + decision.unenforced;
    return numbers + events + limits + bits + gauge.soc + gauge.soc_sigma;
  };
}

const STEPS: Record<Way, (core: Core) => Step> = { areas, fields, words };

/** A node that was just started, stepped in one of the ways. */
export function stepsFromJs(way: Way, profile: ProfileValues, wakes: readonly Wake[]): Steps {
  const rows = wakes.map(rowOf);
  const step = STEPS[way](started(profile));
  let index = 0;
  let time_ms = 0;
  return (count) => {
    let sum = 0;
    for (let i = 0; i < count; i++) {
      time_ms = (time_ms + 1000 * INTERVAL_S) >>> 0;
      sum += step(rows[index]!, time_ms);
      if (++index === rows.length) index = 0;
    }
    return sum;
  };
}
