// The report of a comparison: its files are whole and say one thing, bars are as long as their
// numbers, what nobody could have met stands apart, and no name breaks out of the page.

import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { utilityOf } from "../../../tools/oracle/slot_world.js";
import { unpackComparison } from "../../../tools/report/browser/unpack_comparison.js";
import { policiesCsv, slotsCsv } from "../../../tools/report/comparison/csv.js";
import { packComparison } from "../../../tools/report/comparison/packed.js";
import { comparisonPage } from "../../../tools/report/comparison/page.js";
import { foremost, rowsOf } from "../../../tools/report/comparison/rows.js";
import { writeComparison } from "../../../tools/report/comparison/write.js";
import { ReportError } from "../../../tools/report/write.js";
import { close } from "../../host/sim/cell_fixture.js";
import { plenty, threeDays, WORLD } from "./comparisons.js";

const root = mkdtempSync(join(tmpdir(), "tfmb-comparison-"));
after(() => rmSync(root, { recursive: true, force: true }));

const FILES = ["compare.csv", "compare.html", "compare.json", "slots.csv"];
const three = await threeDays();

/** Rows of a CSV by the names of its head. */
function tableOf(csv: string): Record<string, string>[] {
  const [head = "", ...lines] = csv.trimEnd().split("\n");
  const names = head.split(",");
  return lines.map((line) => {
    const fields = line.split(",");
    assert.equal(fields.length, names.length, line);
    return Object.fromEntries(names.map((name, i) => [name, fields[i]!]));
  });
}

/** Of each bar below a caption: whose it is, the widths of its parts in percent, its number. */
function barsOf(page: string, caption: string) {
  const at = page.indexOf(`<caption>${caption}`.replace(">", ">\n      "));
  assert.ok(at >= 0, `no bars ${caption}`);
  const table = page.slice(at, page.indexOf("</table>", at));
  return [...table.matchAll(/<tr.*?<\/tr>/gs)].map(([row]) => ({
    name: /<th[^>]*>(.*?)<\/th>/.exec(row)![1]!,
    widths: [...row.matchAll(/width:([\d.]+)%/g)].map(([, width]) => Number(width)),
    lefts: [...row.matchAll(/left:([\d.]+)%/g)].map(([, left]) => Number(left)),
    text: /<td>(.*?)<\/td>/.exec(row)![1]!,
  }));
}

describe("the rows of a comparison", () => {
  it("are the plan, the policies from the best on, and idling", () => {
    const names = rowsOf(three).map(({ name }) => name);
    assert.deepEqual(names, ["plan", "dp", "soc-5", "fixed", "on-off", "ewma", "idling"]);
  });

  it("have ours before its equals, and speak of ours even where it is not the best", () => {
    const [fixed, ...others] = three.policies;
    const equal = { ...fixed!, name: "ours", title: "ours", kind: "ours" } as const;
    const names = rowsOf({ ...three, policies: [fixed!, ...others, equal] }).map((row) => row.name);
    assert.equal(names.indexOf("ours") + 1, names.indexOf("fixed"));
    assert.equal(foremost([...three.policies, equal]).name, "ours");
    assert.equal(foremost(three.policies).name, "dp");
  });
});

describe("the files of a comparison", () => {
  it("are four, and the same from the same numbers", async () => {
    const dirs = [join(root, "one"), join(root, "two")];
    writeComparison(dirs[0]!, three);
    writeComparison(dirs[1]!, await threeDays());
    for (const dir of dirs) assert.deepEqual(readdirSync(dir).sort(), FILES);
    for (const name of FILES) {
      const [one, two] = dirs.map((dir) => readFileSync(join(dir, name), "utf8"));
      assert.equal(one, two, name);
    }
    const json = readFileSync(join(dirs[0]!, "compare.json"), "utf8");
    assert.deepEqual(JSON.parse(json), JSON.parse(JSON.stringify(three)));
  });

  it("leave what was there when one of them cannot be written", () => {
    for (const obstacle of ["compare.html", `.slots.csv.${process.pid}.part`]) {
      const dir = join(root, obstacle);
      mkdirSync(join(dir, obstacle), { recursive: true });
      writeFileSync(join(dir, "compare.json"), "old");
      assert.throws(() => writeComparison(dir, three), ReportError);
      assert.equal(readFileSync(join(dir, "compare.json"), "utf8"), "old");
      const left = readdirSync(dir).filter((name) => name !== obstacle);
      assert.deepEqual(left, ["compare.json"], "nothing half-written is left behind");
    }
  });

  it("agree: what the slots say of a policy comes to what is said of it", () => {
    const slots = tableOf(slotsCsv(three));
    assert.equal(slots.length, WORLD.harvest_J.length);
    for (const row of tableOf(policiesCsv(three))) {
      const name = row.policy!;
      const of = (what: string) => slots.map((slot) => Number(slot[`${name}_${what}`]));
      const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
      close(sum(of("missed")), Number(row.missed_slots), 1e-6, `${name}: missed`);
      const idling = Number(tableOf(policiesCsv(three)).at(-1)!.missed_slots);
      const above = (Number(row.missed_slots) - idling) / slots.length;
      close(Number(row.missed_above_idling), above, 1e-8, `${name}: above idling`);
      // the plan's events are parts of events, on chords
      if (name === "plan") continue;
      const utility = sum(of("events").map((events) => utilityOf(events)));
      close(utility, Number(row.utility), 1e-6, `${name}: utility`);
      close(Number(row.value), utility - 5 * Number(row.missed_slots), 1e-6, `${name}: value`);
    }
  });
});

describe("the page of a comparison", () => {
  const page = comparisonPage(three);

  it("has bars as long as their numbers, to the left where less than nothing", () => {
    const regrets = barsOf(page, "Regret");
    const most = Math.max(...rowsOf(three).map(({ regret }) => regret));
    rowsOf(three).forEach(({ title, regret }, i) => {
      assert.equal(regrets[i]!.name, title);
      close(regrets[i]!.widths[0]!, (100 * regret) / most, 0.01, title);
    });
    const [worst, best] = [barsOf(page, "Score").at(-2)!, barsOf(page, "Score")[0]!];
    assert.equal(worst.text, "\u22120.199");
    close(worst.lefts[0]!, 0, 0.01, "the least begins at the edge");
    close(worst.widths[0]!, best.lefts[0]!, 0.01, "and ends at zero, where the others begin");
    assert.deepEqual(
      barsOf(page, "Violations").map(({ text }) => text),
      ["\u2013", "9", "11", "11", "7", "10", "11"],
    );
  });

  it("shows apart what nobody could have met", () => {
    const most = Math.max(...rowsOf(three).map(({ missed }) => missed));
    for (const [i, { widths, text }] of barsOf(page, "Floors missed").entries()) {
      const { missed, title } = rowsOf(three)[i]!;
      close(widths[0]!, (100 * three.unmeetable) / most, 0.01, `${title}: nobody`);
      close(widths[1]!, (100 * (missed - three.unmeetable)) / most, 0.01, `${title}: besides`);
      assert.equal(text, `11.8 + ${(missed - three.unmeetable).toFixed(1)}`);
    }
    assert.match(page, /11\.8 of 72 floors \(16\.4.%\) could not/);
    assert.doesNotMatch(page, /There is enough|every floor could have been met/);
  });

  it("says when there is enough for everything, and that every floor can be met", async () => {
    const easy = comparisonPage(await plenty());
    assert.match(easy, /There is enough for everything .* --cell/);
    assert.match(easy, /Nothing: every floor could have been met/);
    assert.doesNotMatch(easy, /Floors missed/);
  });

  it("names the limit by what the board can do about it", () => {
    assert.match(page, /Violations/);
    const held = comparisonPage({ ...three, can_limit: true });
    assert.match(held, /Charge limited/);
    assert.doesNotMatch(held, /Violations/);
  });

  it("cannot be broken out of", () => {
    const hostile = `</title></script><img src=x onerror="alert('1')"><!--`;
    const policies = three.policies.map((policy) => ({ ...policy, title: hostile }));
    const subject = { scenario: hostile, title: hostile, cell: hostile, replay: hostile };
    const broken = comparisonPage({ ...three, ...subject, policies });
    assert.doesNotMatch(broken, /<img|onerror="|<!--/);
    assert.equal(broken.match(/<\/script>/g)?.length, 2, "two scripts, each ended once");
  });

  it("carries the course of each: charge to 0.002 %, events, and where it is dead", () => {
    const { course, plan, policies, foremost: shown } = unpackComparison(packComparison(three));
    assert.equal(course.t_s.length, 73);
    assert.equal(course.end_s, 72 * 3600);
    const { start_J, capacity_J } = WORLD.cell;
    const lives = [three.plan, ...rowsOf(three).slice(1, -1)];
    [plan, ...policies].forEach((life, i) => {
      const { stored_J, events, unpaid } = lives[i]!;
      [start_J, ...stored_J].forEach((J, row) =>
        close(life.stored[row]!, (100 * J) / capacity_J, 0.002, `${life.title} ${row}`),
      );
      events.forEach((count, slot) =>
        close(life.events[slot + 1]!, count, 0.001, `${life.title} ${slot}`),
      );
      const dead = unpaid.map((share) => (share > 0.5 ? 1 : 0));
      assert.deepEqual([...life.dead], [...dead, 0], "a row is dead in the slot that begins there");
    });
    assert.equal(shown.title, "reference");
    assert.deepEqual([...course.shaded].slice(0, -1), three.idling.unpaid);
  });
});
