// Time since the start of the run, as axes and readers want it: h:min within days, or whole days.

export const MINUTE_S = 60;
export const HOUR_S = 3600;
export const DAY_S = 86400;

/** Steps that an axis of time may have, s. */
export const TIME_STEPS_S = [
  ...[1, 2, 5, 10, 15, 30],
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE_S),
  ...[1, 2, 3, 6, 12].map((hours) => hours * HOUR_S),
  ...[1, 2, 5, 10, 20, 50, 100, 200].map((days) => days * DAY_S),
];

const two = (value: number) => String(value).padStart(2, "0");

/** `06:30`, with seconds when `step_s` is less than a minute. */
export function clock(time_s: number, step_s: number): string {
  const rounded_s = step_s < MINUTE_S ? Math.round(time_s) : Math.round(time_s / 60) * 60;
  const of_day_s = rounded_s % DAY_S;
  const text = `${two(Math.floor(of_day_s / HOUR_S))}:${two(Math.floor((of_day_s / 60) % 60))}`;
  return step_s < MINUTE_S ? `${text}:${two(of_day_s % 60)}` : text;
}

/** `day 12 06:30`: day 0 is the first. */
export function moment(time_s: number, step_s: number): string {
  const rounded_s = step_s < MINUTE_S ? Math.round(time_s) : Math.round(time_s / 60) * 60;
  return `day ${Math.floor(rounded_s / DAY_S)} ${clock(time_s, step_s)}`;
}

/** Labels of an axis: days, or h:min with the day below where it begins. */
export function timeLabels(times_s: readonly number[], step_s: number): string[] {
  if (step_s >= DAY_S) return times_s.map((time_s) => String(Math.round(time_s / DAY_S)));
  const day = (time_s: number) => Math.floor(time_s / DAY_S);
  return times_s.map((time_s, i) => {
    const begins = i === 0 || day(time_s) !== day(times_s[i - 1]!);
    return begins ? `${clock(time_s, step_s)}\nday ${day(time_s)}` : clock(time_s, step_s);
  });
}

export const timeTitle = (step_s: number): string =>
  step_s >= DAY_S ? "time since the start, days" : "time since the start, h:min";
