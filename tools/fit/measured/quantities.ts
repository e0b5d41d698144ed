// Numbers of a fitted profile with where they come from: the fit (tag C), or the named cell (A).

import { type Quantity } from "../../../boards/schema/quantity.js";
import { type ToldCell } from "../../characterise/cell_part.js";

/** Name of the fit among the sources. */
export const SOURCE = "fit";

export const rounded = (value: number, digits: number): number => Number(value.toPrecision(digits));

export const made = <V extends number | number[]>(value: V, note: string): Quantity<V> => ({
  ...{ value, tag: "C", source: SOURCE, note },
});

export const column = (values: readonly number[], digits: number, note: string) =>
  made(
    values.map((value) => rounded(value, digits)),
    note,
  );

/** A number of the believed cell, times a ratio. */
export function believed<V extends number | number[]>(
  { name }: ToldCell,
  quantity: Quantity<V>,
  ratio = 1,
): Quantity<V> {
  const scale = (value: number) => (ratio === 1 ? value : rounded(value * ratio, 4));
  const { value } = quantity;
  const scaled = Array.isArray(value) ? value.map(scale) : scale(value);
  const how = ratio === 1 ? "" : ", scaled by capacity";
  return { value: scaled as V, tag: "A", note: `not in the files: as ${name}${how}` };
}
