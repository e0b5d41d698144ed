// One laboratory file as a record: columns in the units of this project, charging positive, with
// everything said that was assumed or mended on the way. For the fit and for the replay.

import { readFileSync } from "node:fs";
import { unreadable } from "../../host/sim/environment/unreadable.js";
import { MeasurementError } from "../characterise/manifest.js";
import { countCharge, type Counted } from "./counter.js";
import { type Maker } from "./layout.js";
import { type Mapping } from "./mapping.js";
import { Rows } from "./rows.js";
import { turnSign } from "./sign.js";

export interface LabRecord extends Counted {
  file: string;
  maker: Maker;
  t_s: Float64Array;
  voltage_mV: Float64Array;
  current_nA: Float64Array;
  temperature_degC: Float64Array | undefined;
  /** State of charge as the file itself has it, a fraction. */
  soc: Float64Array | undefined;
  /** What a reader must know of this file, one line each. */
  warnings: string[];
}

/** A SOC beyond these is percent, or none. */
const SOC_RANGE = [-0.2, 1.2] as const;

/** Units that no heading says. */
function warnOfUnits({ layout, warnings }: Rows): void {
  for (const [kind, unit] of [["voltage", "V"] as const, ["current", "A"] as const]) {
    const { name, heading } = layout.columns.get(kind)!;
    if (!heading.united) warnings.push(`column "${name}" says no unit: taken as ${unit}`);
  }
}

function socOf(file: string, rows: Rows): Float64Array | undefined {
  const soc = rows.bridged("soc");
  const beyond = soc?.find((value) => value < SOC_RANGE[0] || value > SOC_RANGE[1]);
  if (beyond === undefined) return soc;
  const name = rows.name("soc");
  throw new MeasurementError(
    `${file}: ${name} = ${beyond} must be ${SOC_RANGE.join("..")}, a fraction; ` +
      `if it is percent, write --columns soc=${name}:%`,
  );
}

/** The text of a file; EC-Lab writes Latin-1. Throws MeasurementError. */
export function readLaboratoryText(file: string): string {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    throw new MeasurementError(`${file}: ${unreadable(error)}; name files of a laboratory`);
  }
  if (bytes.includes(0)) {
    throw new MeasurementError(`${file}: is no text; export it from the tester as CSV or text`);
  }
  const utf8 = bytes.toString("utf8");
  return utf8.includes("\uFFFD") ? bytes.toString("latin1") : utf8;
}

/** The record in a text. Throws MeasurementError with file, line and remedy. */
export function labRecordOf(file: string, text: string, mapping: Mapping): LabRecord {
  const rows = new Rows(file, text, mapping);
  const { t_s, warnings } = rows;
  const voltage_mV = rows.bridged("voltage")!;
  const current_nA = rows.bridged("current")!;
  const temperature_degC = rows.bridged("temperature");
  const soc = socOf(file, rows);
  warnOfUnits(rows);
  const direction = rows.column("state");
  const turned = turnSign(file, { t_s, voltage_mV, current_nA, direction });
  if (turned !== undefined) warnings.push(turned);
  const charge = countCharge(file, t_s, current_nA, {
    counter: rows.column("counter"),
    charged: rows.column("charged"),
    discharged: rows.column("discharged"),
  });
  const columns = { t_s, voltage_mV, current_nA, temperature_degC, soc };
  return { file, maker: rows.layout.maker, ...columns, ...charge, warnings };
}
