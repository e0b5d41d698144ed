// The report of runs on the rig: expected against seen, and the course of each run, in one file
// that asks nothing of any network.

import { type Check } from "../../host/hil/script/play.js";
import { reportBundle } from "../report/bundle.js";
import { html, Markup } from "../report/html.js";
import { course } from "./course.js";
import { failures } from "./junit.js";
import { type Outcome } from "./run.js";

const POLICY = "default-src 'none'; style-src 'unsafe-inline'";

const hoursOf = (time_s: number): string => `${Number((time_s / 3600).toFixed(2))} h`;

const verdict = (pass: boolean): Markup =>
  html`<td class="whole ${pass ? "" : "bad"}">${pass ? "as expected" : "NOT as expected"}</td>`;

const checkRow = (check: Check): Markup =>
  html`<tr>
    <td class="whole">${hoursOf(check.time_s)}</td>
    <td>${check.note}</td>
    <td>${check.quantity}</td>
    <td>${check.expected}</td>
    <td>${check.seen}</td>
    <td>${check.unit === "1" ? "" : check.unit}</td>
    ${verdict(check.pass)}
  </tr>`;

const idOf = ({ scenario, device }: Outcome): string =>
  `${scenario}-${device}`.replace(/\W+/g, "-");

const summaryRow = (outcome: Outcome): Markup =>
  html`<tr>
    <td><a href="#${idOf(outcome)}">${outcome.scenario}</a></td>
    <td>${outcome.device}</td>
    <td class="${outcome.pass ? "" : "bad"}">${outcome.pass ? "passed" : "FAILED"}</td>
    <td class="count">${outcome.checks.length}</td>
    <td class="count">${outcome.wakes}</td>
    <td class="whole"><code>${outcome.digest}</code></td>
    <td>${failures(outcome)[0] ?? ""}</td>
  </tr>`;

const section = (outcome: Outcome): Markup =>
  html`<section id="${idOf(outcome)}">
    <h2>${outcome.scenario} on ${outcome.device}</h2>
    <p class="note">${outcome.title}</p>
    <p class="replay"><span>Replay</span><code>${outcome.replay}</code></p>
    ${course(outcome)}
    <table class="checks">
      <thead>
        <tr>
          <th>At</th>
          <th>Step</th>
          <th>Quantity</th>
          <th>Expected</th>
          <th>Seen</th>
          <th>Unit</th>
          <th></th>
        </tr>
      </thead>
      <tbody>
        ${outcome.checks.map(checkRow)}
      </tbody>
    </table>
  </section>`;

/** The whole page. */
export function hilPage(outcomes: readonly Outcome[], commit: string): string {
  const passed = outcomes.filter(({ pass }) => pass).length;
  const words = `${passed} of ${outcomes.length} runs as expected`;
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${POLICY}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>tfmb on the rig: ${words}</title>
        <style>
          ${new Markup(reportBundle().style)}
        </style>
      </head>
      <body>
        <main>
          <header id="title">
            <p class="kind">tfmb &middot; report of runs on the rig, commit ${commit}</p>
            <h1>${words}</h1>
          </header>
          <section>
            <table class="checks">
              <thead>
                <tr>
                  <th>Scenario</th>
                  <th>Device</th>
                  <th></th>
                  <th class="count">Checks</th>
                  <th class="count">Wakes</th>
                  <th>Bits</th>
                  <th>First that was not expected</th>
                </tr>
              </thead>
              <tbody>
                ${outcomes.map(summaryRow)}
              </tbody>
            </table>
          </section>
          ${outcomes.map(section)}
        </main>
      </body>
    </html>`;
  return `${page.text}\n`;
}
