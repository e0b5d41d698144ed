// A measured record as a replay takes it, and the true SOC of its rows.

import { mappingOf } from "../laboratory/mapping.js";
import { labRecordOf } from "../laboratory/record.js";
import { RecordError } from "./record_error.js";

/** Charging is positive. What the file does not have is undefined. */
export interface CellRecord {
  file: string;
  t_s: Float64Array;
  voltage_mV: Float64Array;
  current_nA: Float64Array;
  temperature_degC: Float64Array | undefined;
  /** The tester's own counter, or where that starts anew within the file, the sum of its steps. */
  counter_nAh: Float64Array | undefined;
  /** State of charge as the file itself has it. */
  soc: Float64Array | undefined;
  /** What was assumed or mended, one line each. */
  warnings: string[];
  /** Rows at which another file begins, after a rest. */
  begins: number[];
}

/** Throws MeasurementError: file, line, column, value, and what to do. */
export function parseRecord(file: string, text: string, told?: string): CellRecord {
  const lab = labRecordOf(file, text, mappingOf(told));
  const { t_s, voltage_mV, current_nA, temperature_degC, soc, counted, warnings } = lab;
  const { counter_nAh = counted ? lab.charge_nAh : undefined } = lab;
  if (counted && lab.counter_nAh === undefined)
    warnings.push("the counter starts anew within the file: truth is the current over time");
  const columns = { t_s, voltage_mV, current_nA, temperature_degC, counter_nAh, soc };
  return { file, ...columns, warnings, begins: [] };
}

export interface ReferenceOptions {
  /** What a counter is measured by. */
  capacity_nAh: number;
  /** SOC where the counter stands at 0. */
  soc_at_zero: number;
}

/** The true SOC of each row: the file's own column, or its counter over a capacity. */
export function referenceOf(record: CellRecord, of: ReferenceOptions): Float64Array {
  const { file, soc, counter_nAh } = record;
  if (soc !== undefined) return soc;
  if (counter_nAh === undefined) {
    throw new RecordError(
      `${file}: has neither SOC nor a counter in Ah to compare with; ` +
        "name one with --columns soc=NAME:% or counter=NAME:Ah",
    );
  }
  return counter_nAh.map((nAh) => of.soc_at_zero + nAh / of.capacity_nAh);
}
