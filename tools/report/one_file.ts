// A report as one file: words and tables as HTML, the rows packed into it, and the script that
// plots them. It asks nothing of any network.

import { reportBundle } from "./bundle.js";
import { html, Markup, scriptJson } from "./html.js";

export interface Page {
  title: string;
  body: Markup;
  /** Where the script finds the data, and so knows of what they are. */
  id: "run" | "comparison";
  data: unknown;
}

/** Nothing is fetched, even if something in the page asked for it. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'";
const STATIC_POLICY = "default-src 'none'; style-src 'unsafe-inline'";

/** Made by esbuild, which leaves no end tag in it. */
const bundled = (text: string): Markup => new Markup(text);

/** A page without plots that a script would have to draw. */
export function staticPage(title: string, body: Markup): string {
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${STATIC_POLICY}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title}</title>
        <style>
          ${bundled(reportBundle().style)}
        </style>
      </head>
      <body>
        <main>${body}</main>
      </body>
    </html>`;
  return `${page.text}\n`;
}

export function onePage({ title, body, id, data }: Page): string {
  const { script, style } = reportBundle();
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${POLICY}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title}</title>
        <style>
          ${bundled(style)}
        </style>
      </head>
      <body>
        <main>${body}</main>
        <script type="application/json" id="${id}">
          ${scriptJson(data)}
        </script>
        <script>
          ${bundled(script)};
        </script>
      </body>
    </html>`;
  return `${page.text}\n`;
}
