// Numbers as testers write them: with a decimal comma, or times as clocks (`1:02:03.5`,
// `2d 01:00:00.00`) or dates (`2024-11-01 10:00:00`), or empty and NaN where a reading is missing.

const CLOCK = /^(?:(\d+)\s*d\s*)?(?:(\d+):)?(\d+):(\d+(?:\.\d+)?)$/;
/** Only with the year first: of others nobody knows which is the day. */
const DATE = /^\d{4}[-/]\d{1,2}[-/]\d{1,2}[ T]+(.+)$/;
const DAY_S = 86400;

/** Seconds of a clock time; NaN: it is none. */
function clock_s(text: string): number {
  const found = CLOCK.exec(text);
  if (found === null) return NaN;
  const [days, hours, minutes, seconds] = found.slice(1).map((part) => Number(part ?? 0));
  return days! * DAY_S + hours! * 3600 + minutes! * 60 + seconds!;
}

/** Seconds of a date with a clock time, or of a clock time alone; NaN: it is neither. */
function moment_s(text: string): number {
  const clock = DATE.exec(text)?.[1];
  if (clock === undefined) return clock_s(text);
  const [year, month, day] = text.split(/[-/ T]/).map(Number);
  return Date.UTC(year!, month! - 1, day) / 1000 + clock_s(clock);
}

/** A number; NaN: it is missing or none. */
export function numberOf(cell: string | undefined, decimal_comma: boolean): number {
  const text = (decimal_comma ? cell?.replace(",", ".") : cell) ?? "";
  return text === "" ? NaN : Number(text);
}

/** A time in its column's unit, or a clock time or date in seconds. */
export function timeOf(cell: string | undefined, scale: number, decimal_comma: boolean): number {
  const text = (decimal_comma ? cell?.replace(",", ".") : cell) ?? "";
  return text.includes(":") ? moment_s(text) : numberOf(text, false) * scale;
}

/** What a state or step type says of the current: -1 discharge, 1 charge, 0 none; NaN: unknown. */
export function directionOf(state: string): number {
  const text = state.trim().toLowerCase();
  if (text === "d" || /d(is)?ch(ar)?g|discharge/.test(text)) return -1;
  if (text === "c" || /ch(ar)?g/.test(text)) return 1;
  if (["r", "p", "s", "o"].includes(text) || /rest|pause|ocv/.test(text)) return 0;
  return NaN;
}
