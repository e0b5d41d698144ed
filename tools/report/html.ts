// HTML whose values cannot break out of it: a template escapes every value that is not HTML itself.

/** Text that is HTML already. */
export class Markup {
  constructor(readonly text: string) {}
}

export type Value = Markup | string | number | readonly Markup[];

const ENTITIES: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? "");

function textOf(value: Value): string {
  if (value instanceof Markup) return value.text;
  if (typeof value === "object") return value.map(({ text }) => text).join("");
  return escaped(String(value));
}

/** A piece of HTML; values are escaped, also inside quoted attributes. */
export function html(pieces: TemplateStringsArray, ...values: Value[]): Markup {
  const parts = pieces.map((piece, i) => (i === 0 ? piece : textOf(values[i - 1]!) + piece));
  return new Markup(parts.join(""));
}

/** JSON that may stand in a script element: no `<`, so neither an end tag nor a comment. */
export const scriptJson = (data: unknown): Markup =>
  new Markup(JSON.stringify(data).replaceAll("<", "\\u003c"));
