// What is plotted of a comparison: the harvest, the charge of each policy against the perfect
// plan's, and the events of ours.

import { Chart } from "./chart.js";
import { type View } from "./frame.js";
import { type Line, type Panel } from "./panels.js";
import { type Comparison, type Life } from "./unpack_comparison.js";

/** What the plan does is thin and in front. */
const PLAN_PX = 1.2;
const POLICY_PX = 2.4;

function harvestPanel({ harvest_uW, floor_uW }: Comparison): Panel {
  const harvest: Line = {
    ...{ name: "harvest", color: "--harvest", stepped: true, envelope: true },
    values: harvest_uW,
  };
  const floor: Line = {
    ...{ name: "floor", color: "--muted", width: 1 },
    values: harvest_uW.map(() => floor_uW),
  };
  return {
    ...{ id: "harvest", title: "Harvest on the rail", axis: "power, \u00b5W", unit: "\u00b5W" },
    ...{ decimals: 2, height_px: 120, knee: 0.1, least: [0, 0] },
    lines: [harvest, floor],
  };
}

/** The same scale for all of them. */
function storedPanel(policy: Life, index: number, { plan, policies }: Comparison): Panel {
  const most = Math.max(...[plan, ...policies].flatMap(({ stored }) => [...stored]));
  return {
    ...{ id: `stored-${index}`, title: policy.title, axis: "stored, %", unit: "%", decimals: 1 },
    ...{ height_px: 92, least: [0, most], limits: [0, 102] },
    lines: [
      {
        ...{ name: "stored", color: policy.color, width: POLICY_PX, envelope: true },
        values: policy.stored,
      },
      { name: plan.title, color: plan.color, values: plan.stored, width: PLAN_PX },
    ],
    alarm: { name: "dead, where idling is not", rows: policy.dead },
  };
}

function eventsPanel({ plan, foremost, events_max }: Comparison): Panel {
  const line = ({ title, color, events }: Life, width: number): Line => {
    return { name: title, color, values: events, stepped: true, envelope: true, width };
  };
  return {
    ...{ id: "events", title: "Events", axis: "a slot", unit: "", decimals: 1, height_px: 100 },
    lines: [line(foremost, POLICY_PX), line(plan, PLAN_PX)],
    least: [0, events_max],
  };
}

export function chartsOf(comparison: Comparison, view: View): Chart[] {
  const stored = comparison.policies.map((policy, i) => storedPanel(policy, i, comparison));
  return [
    new Chart(view, harvestPanel(comparison), "first"),
    ...stored.map((panel) => new Chart(view, panel, "middle")),
    new Chart(view, eventsPanel(comparison), "last"),
  ];
}
