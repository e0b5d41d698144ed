// Colours of the style sheet for canvases, which cannot follow it by themselves.

const root = document.documentElement;
const dark = matchMedia("(prefers-color-scheme: dark)");
const seen = new Map<string, string>();

/** Value of a custom property now. */
export function color(property: string): string {
  let value = seen.get(property);
  if (value === undefined) {
    value = getComputedStyle(root).getPropertyValue(property).trim();
    seen.set(property, value);
  }
  return value;
}

/** Calls `redraw` when the colours change: another scheme, or paper, which is light. */
export function onSchemeChange(redraw: () => void): void {
  const change = (scheme: string | undefined) => () => {
    if (scheme === undefined) delete root.dataset.scheme;
    else root.dataset.scheme = scheme;
    seen.clear();
    redraw();
  };
  dark.addEventListener("change", change(undefined));
  addEventListener("beforeprint", change("light"));
  addEventListener("afterprint", change(undefined));
}
