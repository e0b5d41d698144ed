// Wrong input on a command line: one line on stderr, exit code 2.

import { PartError } from "../../boards/check.js";
import { ProfileError } from "../../host/core/profile.js";
import { DeviceError } from "../../host/hil/devices/device.js";
import { ScriptError } from "../../host/hil/script/script.js";
import { TraceError } from "../../host/sim/environment/columns.js";
import { NotBuiltError } from "../build/built.js";
import { MeasurementError } from "../characterise/manifest.js";
import { RecordError } from "../replay/record_error.js";
import { ReportError } from "../report/write.js";

/** Input that cannot be used; the message is one line. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** Whether an error is the caller's to mend, not a fault of the program. */
export const isInputError = (error: unknown): error is Error =>
  [
    UsageError,
    NotBuiltError,
    PartError,
    ProfileError,
    DeviceError,
    ScriptError,
    TraceError,
    ReportError,
    MeasurementError,
    RecordError,
  ].some((kind) => error instanceof kind);

/** A parser of a folder's name for commander: a variable that a script left unset is empty. */
export function folder(text: string): string {
  if (text === "") throw new UsageError("--out is empty; name a folder");
  return text;
}

/** A parser of numbers for commander: in a range, or one line that says so. */
export function numberIn(option: string, low: number, high: number, whole = false) {
  return (text: string): number => {
    const value = text.trim() === "" ? NaN : Number(text);
    const fits = value >= low && value <= high && (!whole || Number.isInteger(value));
    if (fits) return value;
    const kind = whole ? "an integer " : "";
    throw new UsageError(`${option} ${text} must be ${kind}${low}..${high}`);
  };
}
