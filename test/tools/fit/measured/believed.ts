// What tests of the fit begin with: a believed cell, and rows as a record.

import { plain } from "../../../../boards/schema/quantity.js";
import { type ToldCell } from "../../../../tools/characterise/cell_part.js";
import { type Believed } from "../../../../tools/fit/measured/passes.js";
import { parseRecord, type Record } from "../../../../tools/fit/measured/record.js";
import * as laboratory from "./laboratory.js";

export function believedOf(told: ToldCell): Believed {
  const { tables, ...profile } = plain(told.profile);
  const { ocv, ...companions } = tables;
  const first = { ocv_mV: ocv[0]!.ocv_mV, table_degC: ocv[0]!.temperature_degC };
  return { capacity_nAh: profile.capacity_nAh, model: { ...profile, ...companions, ...first } };
}

export const record = (file: string, rows: readonly laboratory.Row[]): Record =>
  parseRecord(file, laboratory.arbin(rows), { mapping: {} });
