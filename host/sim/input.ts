// One source at an input of a charger: what the charger makes of it as its surroundings change, out
// of a table where the source's curve takes long to solve.

import { HarvestTable, type HarvestRange, type TabledSource } from "./harvest_table.js";
import { coldStartPoint, harvestPoint, type Converted } from "./operating_point.js";
import { type PmicPhysics } from "./pmic.js";
import { type Axis, type Drives, NOTHING, type Source } from "./sources/source.js";

/** Tables are made for it; a charge pump's follow the true one. */
const RAIL_MV = 3800;

export class Input {
  /** It is the one, or one of those, that the charger is switched to. */
  on = true;
  /** What the charger made of it since the start, and in the stretch that is being gathered. */
  metered_pJ = 0;
  gathered_pJ = 0;
  now: Converted;
  readonly #axis: Axis | undefined;
  /** By ratio, and by what of the light falls on each panel. */
  readonly #tables = new Map<Drives["shares"], Map<number | undefined, HarvestTable>>();
  #table: HarvestTable | undefined;
  #ratio: number | undefined;
  #shares = NOTHING.shares;

  constructor(
    readonly source: Source,
    readonly pmic: PmicPhysics,
    readonly range: HarvestRange | undefined,
  ) {
    this.#axis = source.axis;
    this.now = { available_uW: 0, drawn_uW: 0, delivered_uW: 0, lost_uW: 0, open_mV: 0 };
    this.#ratio = pmic.mppt.ratio;
    if (this.#axis !== undefined) this.#table = this.#tableOf();
  }

  /** Sets the operating ratio; returns whether it is another. */
  set(ratio: number | undefined): boolean {
    if (ratio === this.#ratio) return false;
    this.#ratio = ratio;
    if (this.#axis !== undefined) this.#table = this.#tableOf();
    return true;
  }

  #tableOf(): HarvestTable {
    const shares = this.#shares;
    const ratio = this.#ratio;
    const tables = this.#tables.get(shares) ?? new Map<typeof ratio, HarvestTable>();
    this.#tables.set(shares, tables);
    let table = tables.get(ratio);
    if (table === undefined) {
      const source = this.source as TabledSource;
      table = new HarvestTable(source, this.pmic, RAIL_MV, this.range, ratio, shares);
      tables.set(ratio, table);
    }
    return table;
  }

  /** Finds what is made of it, whether it is on or not. */
  follow(drives: Drives, rail_mV: number): void {
    const axis = this.#axis;
    if (axis === undefined) {
      this.now = harvestPoint(this.source.curveAt(drives), this.pmic, rail_mV, this.#ratio);
      return;
    }
    if (drives.shares !== this.#shares) {
      this.#shares = drives.shares;
      this.#table = this.#tableOf();
    }
    const table = this.#table!;
    table.at(drives[axis.drive] * axis.per_unit, drives.temperature_degC, rail_mV);
    this.now = table;
  }

  /** The same while the charger has no rail. */
  cold(drives: Drives): Converted {
    return coldStartPoint(this.source.curveAt(drives), this.pmic, 0);
  }
}
