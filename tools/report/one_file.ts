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

/** Made by esbuild, which leaves no end tag in it. */
const bundled = (text: string): Markup => new Markup(text);

/** Everything but what runs. */
function framed(title: string, body: Markup, style: string, scripts: readonly Markup[]): string {
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
        ${scripts}
      </body>
    </html>`;
  return `${page.text}\n`;
}

export function onePage({ title, body, id, data }: Page): string {
  const { script, style } = reportBundle();
  return framed(title, body, style, [
    html`<script type="application/json" id="${id}">
      ${scriptJson(data)}
    </script>`,
    html`<script>
      ${bundled(script)};
    </script>`,
  ]);
}

/** A page whose plots are drawn already. */
export const stillPage = ({ title, body }: Pick<Page, "title" | "body">): string =>
  framed(title, body, reportBundle().style, []);
