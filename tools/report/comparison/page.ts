// The report of a comparison: what each policy came to, what none could have met, and the courses.

import { engineering } from "../../commands/engineering.js";
import { isPlenty, LESS, type CompareNumbers } from "../../oracle/numbers.js";
import { plotSection, table, tile, titled } from "../blocks.js";
import { fixed, percent } from "../digits.js";
import { html, type Markup } from "../html.js";
import { onePage } from "../one_file.js";
import { metricsSection, missedBars } from "./bars.js";
import { metricsOf, type Metric } from "./metrics.js";
import { packComparison } from "./packed.js";
import { byValue, foremost, rowsOf, type Row } from "./rows.js";

const MINUTE_S = 60;

/** `8.61 \u00b5W` of (8.61e-6, "W"). */
const quantity = (value: number, unit: string): string =>
  engineering(value, unit).replace(" u", "\u202f\u00b5").replace(" ", "\u202f");

function titleBlock(numbers: CompareNumbers): Markup {
  const { scenario, title, cell, board, load, site, seed, commit, replay, world } = numbers;
  const { from_day, to_day, why } = numbers;
  const days = from_day === to_day ? `day ${from_day}` : `days ${from_day} to ${to_day}`;
  const facts: [string, string][] = [
    ["Scenario", scenario],
    ["Stretch", `${days}, ${why}`],
    ["Slots", `${world.harvest_J.length} of ${world.slot_s / MINUTE_S} min`],
    ["Cell", cell],
    ["Board", board],
    ["Load", load],
    ["Site", site],
    ["Seed", String(seed)],
    ["Commit", commit],
  ];
  return titled({ kind: "policies beside the perfect plan", title, facts, replay });
}

function tiles({ plan, idling, unmeetable, policies, world }: CompareNumbers): Markup {
  const slots = world.harvest_J.length;
  const first = foremost(policies);
  const other = byValue(policies).find(
    ({ kind, name }) => kind === "published" && name !== first.name,
  );
  const name = first.kind === "ours" ? "Ours" : first.title;
  const deaths = first.brown_outs === 1 ? "1 brown-out" : `${first.brown_outs} brown-outs`;
  const floors = first.missed_above === 1 ? "1 floor" : `${fixed(first.missed_above, 0)} floors`;
  const score = (value: number | null) => (value === null ? "\u2013" : fixed(value, 3));
  return html`<section id="tiles" aria-label="Summary">
    ${tile(`${name}, score`, score(first.score), "0 is idling, 1 the perfect plan")}
    ${other === undefined ? [] : tile("Best of the rules", score(other.score), other.title)}
    ${tile(
      "Perfect plan, utility",
      fixed(plan.utility, 1),
      `value ${fixed(plan.value, 1)}; idling ${fixed(idling.value, 1)}`,
    )}
    ${tile(
      `${name}, missed above idling`,
      percent(first.missed_above / slots),
      `${floors} of ${slots}; ${deaths}`,
      first.missed_above > 0,
    )}
    ${tile(
      "No policy could have met",
      percent(unmeetable / slots),
      `${fixed(unmeetable, 1)} floors of ${slots}; idling misses ${idling.missed}`,
    )}
  </section>`;
}

function unmetSection({ unmeetable, idling, world }: CompareNumbers, rows: readonly Row[]): Markup {
  const slots = world.harvest_J.length;
  const cost = fixed(world.miss_weight * unmeetable, 1);
  const none = html`<p class="note">Nothing: every floor could have been met.</p>`;
  const some = html`<p class="note">
    ${fixed(unmeetable, 1)} of ${fixed(slots, 0)} floors (${percent(unmeetable / slots)}) could not
    have been met, not even by one who had known the harvest and done no other work: too little
    comes in and can be kept. They cost every row ${cost} of value. A node that only sleeps misses
    ${fixed(idling.missed, 0)}: it pays whenever it can, and dies for whole slots, the plan for
    parts of them.
  </p>`;
  const missed = rows.some((row) => row.missed > 0);
  return html`<section id="unmet">
    <h2>What no policy could have met</h2>
    ${unmeetable > 0 ? some : none} ${missed ? missedBars(rows, unmeetable) : []}
  </section>`;
}

const plots = (policies: string): Markup =>
  plotSection(
    html`Each policy's charge against the perfect plan's, the thin line, which stores whatever it
    can. Grey: a node that only sleeps would be dead; orange: only this policy is. Events are those
    of ${policies} and the plan.`,
  );

function numbersSection(
  { world, can_limit }: CompareNumbers,
  metrics: readonly Metric[],
  rows: readonly Row[],
): Markup {
  const slots = world.harvest_J.length;
  const { cell, slot_s, floor_J, event_J, events_max, miss_weight } = world;
  const cells = (row: Row) =>
    metrics.map(({ of, text }) => {
      const value = of(row, slots);
      return value === null ? "\u2013" : text(value);
    });
  const all = rows.map((row): [string, ...string[]] => [row.title, ...cells(row)]);
  const harvest_W = world.harvest_J.reduce((sum, J) => sum + J, 0) / slots / slot_s;
  const limit = can_limit ? "the board can set it" : "the board cannot set it";
  return html`<section id="numbers">
    <h2>Numbers</h2>
    <div class="scroll wide">
      ${table(
        "Policies",
        all,
        metrics.map(({ title }) => title),
      )}
    </div>
    <div class="columns">
      ${table("What was lived", [
        ["harvest, mean", quantity(harvest_W, "W")],
        ["floor", quantity(floor_J / slot_s, "W")],
        ["an event", quantity(event_J, "J")],
        ["events a slot, at most", fixed(events_max, 0)],
        ["a missed floor costs", fixed(miss_weight, 0)],
      ])}
      ${table("Cell", [
        ["holds", quantity(cell.capacity_J, "J")],
        ["at the start", percent(cell.start_J / cell.capacity_J, 0)],
        ["may be charged with", quantity(cell.charge_max_J / slot_s, "W")],
        ["that limit", limit],
      ])}
    </div>
  </section>`;
}

/** The whole page. */
export function comparisonPage(numbers: CompareNumbers): string {
  const rows = rowsOf(numbers);
  const metrics = metricsOf(numbers.can_limit);
  const slots = numbers.world.harvest_J.length;
  const plenty = html`<p class="note">There is enough for everything that is wanted; ${LESS}.</p>`;
  const body = html`${titleBlock(numbers)} ${tiles(numbers)} ${isPlenty(numbers) ? plenty : []}
  ${metricsSection(metrics, rows, slots)} ${unmetSection(numbers, rows)}
  ${plots(foremost(numbers.policies).title)} ${numbersSection(numbers, metrics, rows)}`;
  return onePage({ title: numbers.title, body, id: "comparison", data: packComparison(numbers) });
}
