// What a search found, as a page of at most 100 columns: the answer, the map, the frontier.

import { panelsOf, trialsOf, type PairNumbers, type SizeNumbers } from "./numbers.js";
import { onShade } from "./shade.js";

const WIDTH = 100;
const LABEL = 12;
const AXIS = 10;
const PLACE = 6;

/** At most `width` columns. */
const cut = (text: string, width: number) =>
  text.length > width ? `${text.slice(0, width - 3)}...` : text;

const number = (value: number, digits = 3) => String(Number(value.toPrecision(digits)));
const percent = (share: number) => number(100 * share);

/** An upper bound is rounded up: 0.063 is at most 7 %. */
export function atMost(share: number): string {
  const per = share < 0.01 ? 1000 : 100;
  return `${(Math.ceil(share * per - 1e-6) * 100) / per} %`;
}

function lines(label: string, texts: readonly string[]): string[] {
  return texts.map((text, i) => `  ${(i === 0 ? label : "").padEnd(LABEL)}${text}`);
}

const seen = ({ years, bad_years }: PairNumbers, numbers: SizeNumbers) =>
  `${bad_years} of ${years} ${trialsOf(numbers)}`;

/** The answer in words, or what to change. */
function answerLines(numbers: SizeNumbers): string[] {
  const { answer, own, criterion, harvester, confidence, rule, reliability } = numbers;
  const most = `at most ${percent(1 - reliability)} % of ${trialsOf(numbers)}`;
  const asked = lines("asked", [`${most} with ${criterion}`]);
  if (answer === null) return [...asked, ...lines("answer", wrap(numbers.advice ?? ""))];
  const own_uAh = number(own.cell_uAh);
  const { brownouts_per_year: out, off_h_per_year: off, soc_min, events_done_share } = answer;
  const half = (median: string, other: string) => `median ${median}, ${other}`;
  return [
    ...asked,
    ...lines("answer", [
      `${answer.cell_uAh} uAh with ${panelsOf(answer)} (${harvester}); the scenario has ` +
        `${own_uAh} uAh with ${own.panels}`,
      ...wrap(
        `${seen(answer, numbers)} with ${criterion}: <= ${atMost(answer.bad_share_high)} ` +
          `with ${percent(confidence)} % confidence`,
      ),
      ...wrap(
        `with other seeds than the search's; ${answer.runs} ran this very pair, ` +
          "the rest a smaller one that was good or a larger one that was bad",
      ),
    ]),
    ...lines("rule", [rule]),
    ...lines("brown-outs", [half(number(out.median), `90th percentile ${number(out.p90)} a year`)]),
    ...lines("off", [half(number(off.median), `90th percentile ${number(off.p90)} h a year`)]),
    ...lines("lowest SOC", [
      half(`${percent(soc_min.median)} %`, `10th percentile ${percent(soc_min.p10)} %`),
    ]),
    ...lines("events done", [
      half(
        `${percent(events_done_share.median)} %`,
        `10th percentile ${percent(events_done_share.p10)} %`,
      ),
    ]),
  ];
}

/** Words in lines that fit behind a label. */
function wrap(text: string): string[] {
  const found: string[] = [];
  for (const word of text.split(" ")) {
    const last = found.at(-1);
    if (last === undefined || last.length + word.length > WIDTH - LABEL - 4) found.push(word);
    else found[found.length - 1] = `${last} ${word}`;
  }
  return found;
}

/** The grid, the largest cell on top, with the share of bad years of each pair in percent. */
function mapLines(numbers: SizeNumbers, colours: boolean): string[] {
  const { grid, map, answer, criterion, harvester } = numbers;
  const count = grid.panels.length;
  const rows = grid.cells_uAh.map((cell_uAh, cell) => {
    const places = map.slice(cell * count, (cell + 1) * count).map((place) => {
      const text = (100 * place.bad_share).toFixed(0);
      const best = place.cell_uAh === answer?.cell_uAh && place.panels === answer.panels;
      const framed = best ? `*${text}*` : place.frontier ? `[${text}]` : ` ${text} `;
      const shown = framed.padStart(PLACE);
      return colours ? onShade(shown, place.bad_share) : shown;
    });
    return `  ${String(cell_uAh).padStart(AXIS - 2)}  ${places.join("")}`;
  });
  const axis = grid.panels.map((panels) => `${panels} `.padStart(PLACE)).join("");
  return [
    `  ${trialsOf(numbers)} with ${criterion}, %`,
    "  [ ] the smallest cell that is good enough with its panels, * * the answer",
    `  ${"cell, uAh".padStart(AXIS - 2)}`,
    ...rows.reverse(),
    `  ${"panels".padStart(AXIS - 2)}  ${axis} ${harvester}`,
  ];
}

function frontierLines(numbers: SizeNumbers): string[] {
  const { frontier, trial } = numbers;
  if (frontier.length === 0) return [];
  const columns = [8, 10, 12, 9, 18, 20];
  const row = (cells: readonly string[]) =>
    `  ${cells.map((cell, i) => cell.padStart(columns[i]!)).join("")}`;
  const range = ({ p10, median }: PairNumbers["soc_min"], digits: number) =>
    `${(100 * p10).toFixed(digits)}, ${(100 * median).toFixed(digits)} %`;
  const bad = `bad ${trial.startsWith("run") ? "runs" : "years"}`;
  const percentiles = lines("", [`${" ".repeat(27)}10th percentile, and median`]);
  return [
    "",
    ...percentiles,
    row(["panels", "cell, uAh", bad, "surely", "lowest SOC", "events done"]),
    ...frontier.map((pair) =>
      row([
        String(pair.panels),
        String(pair.cell_uAh),
        `${pair.bad_years} of ${pair.years}`,
        `<= ${atMost(pair.bad_share_high)}`,
        range(pair.soc_min, 0),
        range(pair.events_done_share, 1),
      ]),
    ),
  ];
}

/** The page for people. */
export function pageOf(numbers: SizeNumbers, colours: boolean, seconds: number): string {
  const { title, scenario, load, board, site, seed, seeds, runs, cell } = numbers;
  const parts = `${scenario}: ${load} on ${board}, ${site}; the stack of ${cell}`;
  const page = [
    cut(title, WIDTH),
    cut(parts, WIDTH),
    "",
    ...answerLines(numbers),
    "",
    ...mapLines(numbers, colours),
    ...frontierLines(numbers),
    "",
    `  seeds ${seed} to ${seed + seeds - 1} drew the map; ${runs} runs in ${number(seconds)} s`,
  ];
  return page.map((line) => line.trimEnd()).join("\n");
}
