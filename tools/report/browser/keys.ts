// The heading of a panel: its title, and each curve's colour, name and value under the cursor.

/** How a curve is drawn, and so its swatch. */
export type Shape = "line" | "dot" | "area";

export interface Key {
  name: string;
  /** A custom property of the style sheet. */
  color: string;
  shape: Shape;
}

export class Keys {
  readonly element = document.createElement("header");
  readonly #values: HTMLElement[];

  constructor(title: string, names: readonly Key[]) {
    const heading = document.createElement("h3");
    heading.textContent = title;
    const list = document.createElement("ul");
    this.#values = names.map(({ name, color, shape }) => {
      const item = document.createElement("li");
      const swatch = document.createElement("i");
      swatch.style.background = `var(${color})`;
      swatch.className = shape;
      swatch.dataset.color = color;
      const value = document.createElement("b");
      item.append(swatch, name, value);
      list.append(item);
      return value;
    });
    this.element.append(heading, list);
  }

  /** One text a curve; empty: nothing under the cursor. */
  set(texts: readonly string[]): void {
    this.#values.forEach((element, i) => (element.textContent = texts[i] ?? ""));
  }
}
