// A record as a tester would leave it, made by the simulated plant: pulses and pauses from full
// down, some charging between, then a rest. A row every twenty seconds.

import { readPart } from "../../../boards/parts.js";
import { plain } from "../../../boards/schema/quantity.js";
import { Cell } from "../../../host/sim/cell.js";
import { projectPath } from "../../../tools/build/paths.js";
import { parseRecord, type CellRecord } from "../../../tools/replay/record.js";
import { testCellOf } from "../../../tools/characterise/test_cell.js";

export const CELL = "enerchip-50uAh";
export const part = readPart(projectPath("boards"), "cell", CELL);

const ROW_S = 20;
const HOURS = 20;
/** Five minutes of each current, as a share of what empties the cell in an hour. */
const PATTERN = [
  ...[-0.1, -0.1, 0, -0.2, 0, 0, -0.05, -0.05, 0.08, 0, -0.15, -0.15, 0, 0, 0, -0.1],
  ...[-0.05, 0, 0, 0],
];

export const plantCell = new Cell(plain(part).physics, 1, undefined, 25);
export const CAPACITY_NAH = plantCell.capacity_nAh;
/** The plant's capacity over the profile's, which was fitted to another cell of the lot. */
export const LABEL = CAPACITY_NAH / part.profile.capacity_nAh.value;

const HEADER = "test_time_s,voltage_V,current_uA,temperature_degC,charge_uAh";
const cell = testCellOf(plantCell);

const line = (t_s: number, voltage_mV: number, current_nA: number, charge_nAh: number) =>
  [
    ...[t_s, (voltage_mV / 1000).toFixed(5), (current_nA / 1000).toFixed(5), 25],
    (charge_nAh / 1000).toFixed(6),
  ].join();

function rows(): string[] {
  const lines = [HEADER];
  let charge_nAh = 0;
  for (let row = 0; row < (HOURS * 3600) / ROW_S; row++) {
    const t_s = row * ROW_S;
    const driven = row > 0 && t_s < (HOURS - 1) * 3600;
    const share = driven ? PATTERN[Math.floor(t_s / 300) % PATTERN.length]! : 0;
    const current_nA = share * CAPACITY_NAH;
    if (row > 0) {
      cell.drive(current_nA, ROW_S);
      charge_nAh += (current_nA * ROW_S) / 3600;
    }
    lines.push(line(t_s, cell.voltage_mV(current_nA), current_nA, charge_nAh));
  }
  return lines;
}

/** The same cell back to full, by a counter that begins at 0 and gains 6 %; then a rest. */
function back(full_mV: number): string[] {
  const lines = [HEADER];
  let charge_nAh = 0;
  for (let rests = 0, t_s = 0; rests < 90; t_s += ROW_S) {
    const current_nA = rests > 0 ? 0 : 0.05 * CAPACITY_NAH;
    cell.drive(current_nA, ROW_S);
    charge_nAh += (1.06 * current_nA * ROW_S) / 3600;
    const voltage_mV = cell.voltage_mV(current_nA);
    if (rests > 0 || voltage_mV >= full_mV) rests++;
    lines.push(line(t_s, voltage_mV, 1.06 * current_nA, charge_nAh));
  }
  return lines;
}

const full_mV = cell.voltage_mV(0);
export const text = rows().join("\n");
export const charge = back(full_mV).join("\n");
export const record: CellRecord = parseRecord("plant.csv", text);
