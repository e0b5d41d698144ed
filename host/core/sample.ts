// A sample as a plain object: what is in it was measured, what is not was not.

import { Values } from "./abi.js";
import { type FieldName } from "./fields.js";

/** Measurements since the last sample; `sample.valid` follows from which of them are there. */
export interface Measured {
  /** Millisecond clock; only its low 32 bits matter. */
  time_ms: number;
  /** `Pmic` bits. */
  pmic_flags?: number;
  active_ms?: number | undefined;
  voltage_mV?: number | undefined;
  voltage_loaded_mV?: number | undefined;
  pulse_drain_nA?: number | undefined;
  temperature_degC?: number | undefined;
  charge_pC?: bigint | undefined;
  /** Net, while the voltage was sampled. */
  current_nA?: number | undefined;
  harvest_mean_nA?: number | undefined;
  harvest_now_nA?: number | undefined;
  /** Where decision.probe_ratio asked for it. */
  probe_nA?: number | undefined;
  /** Open-circuit voltages of the sources; a hole was not measured. */
  source_mV?: readonly (number | undefined)[];
  /** Events done per load class. */
  events?: readonly number[];
}

/** Where a sample is written: the elements of the sample area, by the names of its fields. */
export interface SampleArea {
  set(name: FieldName<"sample">, value: number | bigint, index?: number): void;
}

const CLASSES = 4;

const SINGLE = [
  ["voltage_mV", Values.voltage],
  ["temperature_degC", Values.temperature],
  ["harvest_mean_nA", Values.harvest],
  ["harvest_now_nA", Values.harvest_now],
  ["probe_nA", Values.probe],
  ["current_nA", Values.current],
  ["active_ms", Values.active],
] as const;

/** Writes the sample area and its `valid` bits. */
export function writeSample(sample: SampleArea, measured: Measured): void {
  let valid = 0;
  for (const [name, bit] of SINGLE) {
    const value = measured[name];
    if (value === undefined) continue;
    sample.set(name, value);
    valid |= bit;
  }
  if (measured.voltage_loaded_mV !== undefined && measured.pulse_drain_nA !== undefined) {
    sample.set("voltage_loaded_mV", measured.voltage_loaded_mV);
    sample.set("pulse_drain_nA", measured.pulse_drain_nA);
    valid |= Values.pulse;
  }
  if (measured.charge_pC !== undefined) {
    sample.set("charge_pC", measured.charge_pC);
    valid |= Values.charge;
  }
  measured.source_mV?.forEach((value, index) => {
    if (value === undefined) return;
    sample.set("source_mV", value, index);
    valid |= Values.source << index;
  });
  for (let kind = 0; kind < CLASSES; kind++) {
    sample.set("events", measured.events?.[kind] ?? 0, kind);
  }
  sample.set("time_ms", measured.time_ms);
  sample.set("pmic_flags", measured.pmic_flags ?? 0);
  sample.set("valid", valid);
}
