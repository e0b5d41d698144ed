// The words and tables of the report: title, the few numbers to read first, and all the others.

import { shellWord } from "../shell_word.js";
import { table, tile, titled, type Row } from "./blocks.js";
import { energyUnit, fixed, nameAndUnit, percent, significant } from "./digits.js";
import { html, type Markup } from "./html.js";
import { type Group, type Numbers, type RunNumbers } from "./numbers.js";

const replayOf = ({ replay, scenario, seed, hours }: RunNumbers): string =>
  replay ??
  `npm run tfmb -- simulate --scenario ${shellWord(scenario)} --seed ${seed} --hours ${hours}`;

/** Hours as people say them. */
function duration(hours: number): string {
  const days = hours / 24;
  return days >= 3 ? `${significant(days, 4)} days` : `${significant(hours, 4)} h`;
}

export function titleBlock(numbers: RunNumbers): Markup {
  const { cell, board, load, site, seed, hours, commit, scenario } = numbers;
  const facts: [string, string][] = [
    ["Scenario", scenario],
    ["Cell", cell],
    ["Board", board],
    ["Load", load],
    ["Site", site],
    ["Length", duration(hours)],
    ["Seed", String(seed)],
    ["Commit", commit],
  ];
  const replay = replayOf(numbers);
  return titled({ kind: "report of a simulated run", title: numbers.title, facts, replay });
}

const total = (group: Group): number =>
  Object.values(group).reduce((sum, value) => sum + (Number.isFinite(value) ? value : 0), 0);

/** 95.4 % of a normal error is within 2 sigma; goals ask for 90 %. */
const COVERED_MIN = 0.9;

export function tiles(numbers: RunNumbers): Markup {
  const { soc, estimate, energy, events, off_h, brownouts, hours } = numbers;
  const done = events.reduce((sum, event) => sum + event.done, 0);
  const refused = events.reduce((sum, event) => sum + event.refused, 0);
  const used_mJ = total(energy.used);
  const unit = energyUnit([energy.harvest.delivered_mJ, used_mJ]);
  const rms = estimate.rms_error;
  const covered = estimate.within_2_sigma;
  const cuts = brownouts === 1 ? "1 brown-out" : `${fixed(brownouts, 0)} brown-outs`;
  return html`<section id="tiles" aria-label="Summary">
    ${tile(
      "State of charge",
      `${percent(soc.start, 0)} \u2192 ${percent(soc.end, 0)}`,
      `between ${percent(soc.min)} and ${percent(soc.max)}`,
    )}
    ${tile(
      "Estimate, rms error",
      percent(rms, 2),
      `worst ${percent(estimate.worst_error)}; ${percent(covered, 0)} within 2\u03c3`,
      covered < COVERED_MIN,
    )}
    ${tile(
      "Events done",
      done + refused > 0 ? percent(done / (done + refused), 0) : "none",
      `${fixed(done, 0)} of ${fixed(done + refused, 0)}; ${fixed(refused, 0)} refused`,
    )}
    ${tile(
      "Energy used",
      unit.brief(used_mJ),
      `harvest delivered ${unit.brief(energy.harvest.delivered_mJ)}`,
    )}
    ${tile(
      "Time off",
      `${significant(off_h, 3)} h`,
      `${percent(hours > 0 ? off_h / hours : NaN, 1)} of the run; ${cuts}`,
      brownouts > 0 || off_h > 0,
    )}
  </section>`;
}

/** Names within names become one name. */
const flat = (numbers: Numbers, before = ""): [string, number][] =>
  Object.entries(numbers).flatMap(([key, value]) => {
    const name = before === "" ? key : `${before} ${key}`;
    return typeof value === "object" ? flat(value, name) : [[name, value] as [string, number]];
  });

/** `["sleep", "8.2 h"]` of `sleep_h: 8.2`. */
function row([key, value]: [string, number]): Row {
  const { name, unit } = nameAndUnit(key);
  return [name, `${significant(value)}\u202f${unit}`.trimEnd()];
}

/** Errors and sigmas of the estimate are fractions of SOC, and `within` is a share. */
function estimateRow([key, value]: [string, number]): Row {
  const share = /_error$|^within_|(?<!_in)_sigma$/.test(key);
  return share ? [nameAndUnit(key).name, percent(value, 2)] : row([key, value]);
}

function energyTable(name: string, group: Group): Markup {
  const values = Object.values(group);
  const unit = energyUnit(values);
  const rows = Object.entries(group).map(([key, energy_mJ]): Row => [
    nameAndUnit(key).name,
    unit.text(energy_mJ),
  ]);
  const summed = name !== "harvest" && rows.length > 1;
  return table(
    `Energy, ${name.replaceAll("_", " ")}`,
    summed ? [...rows, ["sum", unit.text(total(group))]] : rows,
  );
}

const chips = (title: string, names: readonly string[]): Markup =>
  html`<div class="chips">
    <h3>${title}</h3>
    ${names.length === 0 ? html`<p class="none">none</p>` : []}
    <ul>
      ${names.map((name) => html`<li>${name.replaceAll("_", " ")}</li>`)}
    </ul>
  </div>`;

/** What is known of the cell, and the truth. */
function healthRows({ health }: RunNumbers): Row[] {
  return Object.entries(health ?? {}).map(([key, { told, truth }]): Row => {
    const { name, unit } = nameAndUnit(key);
    const text = (value: number) => `${significant(value)}\u202f${unit}`;
    return [name, told === null ? "not known yet" : text(told), text(truth)];
  });
}

export function tables(numbers: RunNumbers): Markup {
  const { energy, charge, estimate, events, modes, node_cost } = numbers;
  const eventRows = events.map(({ name, done, refused }): Row => [
    name,
    fixed(done, 0),
    fixed(refused, 0),
  ]);
  return html`<section id="numbers">
    <h2>Numbers</h2>
    <div class="columns">
      ${table("Events", eventRows, ["done", "refused"])}
      ${table("Time in modes", Object.entries(modes).map(row))}
      ${table("Estimate of SOC", Object.entries(estimate).map(estimateRow))}
      ${table("Health", healthRows(numbers), ["told", "truth"])}
      ${Object.entries(energy).map(([name, group]) => energyTable(name, group))}
      ${table("Charge", flat(charge).map(row))}
      ${table("The node's own cost", flat(node_cost).map(row))}
      ${table("This specimen", flat(numbers.specimen ?? {}).map(row))}
    </div>
    <div class="row">
      ${chips("Limits touched", numbers.limits)} ${chips("Decisions vetoed", numbers.vetoes)}
      ${chips("What the board cannot hold", numbers.unenforced)}
      ${numbers.notes?.length ? chips("To note", numbers.notes) : []}
    </div>
  </section>`;
}
