// Where the fields of the areas lie, for the shipped build and for the test-only build in double
// precision, whose `real` fields are eight bytes wide.

import { AREAS } from "../../host/core/abi.js";
import { readTable } from "../../tools/abi/table.js";

export type AreaName = keyof typeof AREAS;
export type FieldName<A extends AreaName> = keyof (typeof AREAS)[A]["fields"] & string;
export type FieldType = "u8" | "u16" | "u32" | "i32" | "i64" | "f32" | "f64";

export interface FieldPlace {
  type: FieldType;
  offset: number;
  count: number;
}

export interface AreaPlace {
  at: number;
  size: number;
  fields: Record<string, FieldPlace>;
}

export type Layout = Record<AreaName, AreaPlace>;

/** The areas as the host's generated table has them. */
export const shippedLayout: Layout = AREAS;

/** The areas of build/core.f64.wasm. */
export function doubleLayout(): Layout {
  const areas = readTable(8).areas.map((area) => {
    const fields = area.fields.map(({ name, type, offset, count }) => {
      const place: FieldPlace = { type: type === "real" ? "f64" : type, offset, count };
      return [name, place] as const;
    });
    return [area.name, { at: area.at, size: area.size, fields: Object.fromEntries(fields) }];
  });
  return Object.fromEntries(areas) as Layout;
}

/** Bytes of one element of a field. */
export const WIDTHS: Record<FieldType, number> = {
  u8: 1,
  u16: 2,
  u32: 4,
  i32: 4,
  i64: 8,
  f32: 4,
  f64: 8,
};
