// The energy ledger as pictures, in SVG that needs no script: bars from what the harvester offered
// to what reached the rail, and the flows from what was drawn to what it did (a Sankey diagram).

import { energyUnit, nameAndUnit, percent, type EnergyUnit } from "./digits.js";
import { balanceOf, type Balance, type Flow } from "./flows.js";
import { html, type Markup } from "./html.js";
import { type EnergyNumbers } from "./numbers.js";

/** Measures of the drawing, in units of its view box. */
const WIDTH = 1120;
const HEIGHT = 260;
const BAR = 12;
const LEFT = 150;
const HUB = 430;
const RIGHT = 720;
const LABEL_GAP = 10;
/** Least height of a flow with its label, and of a heading. */
const SLOT = 21;
const HEADING = 26;

const HEADINGS = { harvest: "In", used: "Used", stored: "Stored", lost: "Lost", open: "Open" };

interface Placed extends Flow {
  /** Height of the flow, where its bar and where its end at the hub begin. */
  height: number;
  y: number;
  hub_y: number;
}

const n = (value: number): string => String(Number(value.toFixed(2)));

/** Whether a flow begins a group: a heading stands above it. */
const opensGroup = (flows: readonly Flow[], i: number) => flows[i]?.kind !== flows[i - 1]?.kind;

/** Total height of a stack of flows, with headings when `headed`. */
function stackHeight(flows: readonly Flow[], scale: number, headed: boolean): number {
  const heights = flows.map((flow, i) => {
    const heading = headed && opensGroup(flows, i) ? HEADING : 0;
    return heading + Math.max(SLOT, flow.energy_mJ * scale + 4);
  });
  return heights.reduce((sum, height) => sum + height, 0);
}

/** Stacks flows from `y` down; at the hub they follow each other without gaps. */
function placed(flows: readonly Flow[], scale: number, headed: boolean, y: number, hub_y: number) {
  return flows.map((flow, i): Placed => {
    if (headed && opensGroup(flows, i)) y += HEADING;
    const height = flow.energy_mJ * scale;
    const slot = Math.max(SLOT, height + 4);
    const place = { ...flow, height, y: y + (slot - height) / 2, hub_y };
    y += slot;
    hub_y += height;
    return place;
  });
}

/** A band of constant height between two bars. */
function ribbon(kind: string, x0: number, y0: number, x1: number, y1: number, h: number): Markup {
  const middle = n((x0 + x1) / 2);
  const there = `M${n(x0)} ${n(y0)}C${middle} ${n(y0)} ${middle} ${n(y1)} ${n(x1)} ${n(y1)}`;
  const back = `v${n(h)}C${middle} ${n(y1 + h)} ${middle} ${n(y0 + h)} ${n(x0)} ${n(y0 + h)}Z`;
  return html`<path class="ribbon ${kind}" d="${there}${back}" />`;
}

const bar = (kind: string, x: number, y: number, height: number): Markup =>
  html`<rect
    class="bar ${kind}"
    x="${n(x)}"
    y="${n(y)}"
    width="${BAR}"
    height="${n(Math.max(1, height))}"
  />`;

const tip = (flow: Flow, unit: EnergyUnit, total_mJ: number) =>
  `${flow.name}: ${unit.text(flow.energy_mJ)}, ${percent(flow.energy_mJ / total_mJ)}`;

function source(flow: Placed, unit: EnergyUnit, total_mJ: number): Markup {
  const middle = flow.y + flow.height / 2;
  return html`<g>
    <title>${tip(flow, unit, total_mJ)}</title>
    ${ribbon(flow.kind, LEFT + BAR, flow.y, HUB, flow.hub_y, flow.height)}
    ${bar(flow.kind, LEFT, flow.y, flow.height)}
    <text class="end" x="${LEFT - LABEL_GAP}" y="${n(middle - 3)}">${flow.name}</text>
    <text class="end number" x="${LEFT - LABEL_GAP}" y="${n(middle + 13)}">
      ${unit.text(flow.energy_mJ)}
    </text>
  </g>`;
}

function sink(flow: Placed, unit: EnergyUnit, total_mJ: number): Markup {
  const middle = n(flow.y + flow.height / 2 + 4.5);
  return html`<g>
    <title>${tip(flow, unit, total_mJ)}</title>
    ${ribbon(flow.kind, HUB + BAR, flow.hub_y, RIGHT, flow.y, flow.height)}
    ${bar(flow.kind, RIGHT, flow.y, flow.height)}
    <text x="${RIGHT + BAR + LABEL_GAP}" y="${middle}">${flow.name}</text>
    <text class="end number" x="${WIDTH - 62}" y="${middle}">${unit.text(flow.energy_mJ)}</text>
    <text class="end share" x="${WIDTH}" y="${middle}">${percent(flow.energy_mJ / total_mJ)}</text>
  </g>`;
}

/** The heading above the first flow of each group: its name and its sum. */
function headings(sinks: readonly Placed[], unit: EnergyUnit, total_mJ: number): Markup[] {
  const firsts = sinks.filter((_, i) => opensGroup(sinks, i));
  return firsts.map((first) => {
    const group = sinks.filter(({ kind }) => kind === first.kind);
    const sum_mJ = group.reduce((sum, { energy_mJ }) => sum + energy_mJ, 0);
    const y = n(Math.min(first.y, first.y + first.height / 2 - SLOT / 2 + 2) - 6);
    return html`<text class="heading" x="${RIGHT + BAR + LABEL_GAP}" y="${y}">
        ${HEADINGS[first.kind]}
      </text>
      <text class="end heading" x="${WIDTH - 62}" y="${y}">${unit.text(sum_mJ)}</text>
      <text class="end heading" x="${WIDTH}" y="${y}">${percent(sum_mJ / total_mJ)}</text>`;
  });
}

/** The flows through the node; undefined when nothing flowed. */
function sankey(balance: Balance): Markup | undefined {
  const { sources, sinks, total_mJ } = balance;
  if (!(total_mJ > 0)) return undefined;
  const scale = HEIGHT / total_mJ;
  const right = stackHeight(sinks, scale, true);
  const left = stackHeight(sources, scale, false);
  const height = Math.max(left, right, HEIGHT) + 8;
  const hub_y = (height - HEIGHT) / 2;
  const unit = energyUnit([total_mJ]);
  const ins = placed(sources, scale, false, (height - left) / 2, hub_y);
  const outs = placed(sinks, scale, true, (height - right) / 2, hub_y);
  return html`<svg
    id="flows"
    role="img"
    aria-label="Energy in, used, stored and lost"
    viewBox="0 0 ${WIDTH} ${n(height)}"
  >
    ${ins.map((flow) => source(flow, unit, total_mJ))}
    ${outs.map((flow) => sink(flow, unit, total_mJ))} ${headings(outs, unit, total_mJ)}
    <rect class="hub" x="${HUB}" y="${n(hub_y)}" width="${BAR}" height="${HEIGHT}" />
    <text class="middle" x="${HUB + BAR / 2}" y="${n(hub_y - 8)}">node</text>
  </svg>`;
}

/** One bar a name, all from zero, on one scale: what is left at each step. */
function harvestBars(harvest: Record<string, number>): Markup {
  const entries = Object.entries(harvest);
  const unit = energyUnit(entries.map(([, energy_mJ]) => energy_mJ));
  const finite = entries.map(([, energy_mJ]) => energy_mJ).filter(Number.isFinite);
  const most_mJ = Math.max(0, ...finite);
  const rows = entries.map(([key, energy_mJ], i) => {
    const y = i * 26;
    const share = most_mJ > 0 && energy_mJ > 0 ? energy_mJ / most_mJ : 0;
    const kind = key === "drawn_mJ" ? "harvest" : "before";
    return html`<text class="end" x="${LEFT - LABEL_GAP}" y="${y + 15}">
        ${nameAndUnit(key).name}
      </text>
      <rect
        class="bar ${kind}"
        x="${LEFT}"
        y="${y + 3}"
        width="${n(Math.max(1, share * (RIGHT + BAR - LEFT)))}"
        height="16"
      />
      <text class="end number" x="${WIDTH - 62}" y="${y + 15}">${unit.text(energy_mJ)}</text>
      <text class="end share" x="${WIDTH}" y="${y + 15}">${percent(share)}</text>`;
  });
  return html`<svg
    id="harvest"
    role="img"
    aria-label="Energy from the harvester to the rail"
    viewBox="0 0 ${WIDTH} ${entries.length * 26}"
  >
    ${rows}
  </svg>`;
}

/** How far the books close, in words. */
function closing({ open_mJ, total_mJ }: Balance): string {
  if (!(total_mJ > 0)) return "No energy moved.";
  const text = energyUnit([open_mJ]).text(open_mJ);
  return `In less out: ${text} (${percent(open_mJ / total_mJ, 4)}).`;
}

/** The section of the page. */
export function ledgerSection(energy: EnergyNumbers): Markup {
  const balance = balanceOf(energy);
  const flows = sankey(balance);
  return html`<section id="ledger">
    <h2>Energy</h2>
    <figure>
      <figcaption><b>From the harvester to the rail.</b> Each bar starts at zero.</figcaption>
      <div class="scroll">${harvestBars(energy.harvest)}</div>
    </figure>
    <figure>
      <figcaption>
        <b>From what was drawn to what it did.</b> Heights are energies. ${closing(balance)}
      </figcaption>
      ${flows === undefined ? [] : html`<div class="scroll">${flows}</div>`}
    </figure>
  </section>`;
}
