// Outcomes for machines: JUnit's XML, of which every CI system reads suites, cases and failures,
// and plain JSON.

import { type Check } from "../../host/hil/script/play.js";
import { type Outcome } from "./run.js";

const ENTITIES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
/** What XML 1.0 cannot hold at all. */
// eslint-disable-next-line no-control-regex
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g;

const escaped = (text: string): string =>
  text.replace(FORBIDDEN, "?").replace(/[&<>"]/g, (sign) => ENTITIES[sign]!);

/** `steps[2].expect[0]: gauge.soc at 6 h: expected 0.5 +- 0.1, seen 0.7`. */
export function checkLine({ place, time_s, quantity, unit, expected, seen }: Check): string {
  const of = unit === "" || unit === "1" ? quantity : `${quantity} (${unit})`;
  const hours = Number((time_s / 3600).toFixed(3));
  return `${place}: ${of} at ${hours} h: expected ${expected}, seen ${seen}`;
}

/** Why an outcome is a failure, one line each. */
export const failures = ({ error, checks }: Outcome): string[] => [
  ...(error === undefined ? [] : [error]),
  ...checks.filter((check) => !check.pass).map(checkLine),
];

function testCase(outcome: Outcome): string {
  const { scenario, device, seconds, replay } = outcome;
  const head =
    `    <testcase classname="${escaped(device)}" name="${escaped(scenario)}" ` +
    `time="${seconds.toFixed(3)}"`;
  if (outcome.pass) return `${head}/>`;
  const lines = [...failures(outcome), `again: ${replay}`];
  const message = escaped(lines[0]!);
  return (
    `${head}>\n      <failure message="${message}">${escaped(lines.join("\n"))}</failure>\n` +
    "    </testcase>"
  );
}

/** One suite a device. */
export function junitXml(outcomes: readonly Outcome[]): string {
  const devices = [...new Set(outcomes.map(({ device }) => device))];
  const suites = devices.map((device) => {
    const cases = outcomes.filter((outcome) => outcome.device === device);
    const failed = cases.filter(({ pass }) => !pass).length;
    const seconds = cases.reduce((sum, outcome) => sum + outcome.seconds, 0).toFixed(3);
    return [
      `  <testsuite name="${escaped(device)}" tests="${cases.length}" failures="${failed}" ` +
        `errors="0" skipped="0" time="${seconds}">`,
      ...cases.map(testCase),
      "  </testsuite>",
    ].join("\n");
  });
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    "<testsuites>",
    ...suites,
    "</testsuites>",
  ];
  return `${lines.join("\n")}\n`;
}

/** Everything but the trace, which is a file of its own. */
export function outcomesJson(outcomes: readonly Outcome[], commit: string): string {
  const plain = outcomes.map(({ trace: _, ...rest }) => rest);
  const passed = outcomes.filter(({ pass }) => pass).length;
  const all = { commit, passed, failed: outcomes.length - passed, runs: plain };
  return `${JSON.stringify(all, null, 2)}\n`;
}
