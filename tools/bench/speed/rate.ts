// How often a second something can be done: the median of several runs after a warm-up. Seconds are
// those of the processor, not of the wall: on a machine with nothing else to do they are the same,
// and on a busy one they still mean this program.

/** Short calls first: an engine puts its optimised code to use at the next call. */
const WARM_CALLS = 300;
const WARM_COUNT = 1000;
const RUNS = 9;
const COUNT = 200_000;

/** What a rate was measured with, for the text of a measurement. */
export const RATE_BASIS = `Node ${process.version}, processor time, ${RUNS} runs of ${COUNT}`;

/** Times a second that `run` does its work; it is called with how often to do it. */
export function perSecond(run: (count: number) => void): number {
  for (let i = 0; i < WARM_CALLS; i++) run(WARM_COUNT);
  const rates = Array.from({ length: RUNS }, () => {
    const start = process.cpuUsage();
    run(COUNT);
    const { user, system } = process.cpuUsage(start);
    return (1e6 * COUNT) / (user + system);
  });
  return rates.sort((a, b) => a - b)[(RUNS - 1) / 2]!;
}
