// What is odd about the parts of a run, though each of them is right: what a reader should know
// before he wonders at the numbers.

import { type Parts } from "../../boards/parts.js";

/** A charger that stops this far below the cell's float voltage never fills it. */
const STRAP_SHARE = 0.99;

/** Which kind of source lives on what a site drives. */
const LIVES_ON = { vibration: "piezoelectric", heat: "thermoelectric", rf: "rf" } as const;
const DRIVES = Object.keys(LIVES_ON) as (keyof typeof LIVES_ON)[];

function strapNote({ board, cell, scenario }: Parts): string[] {
  const series = scenario.pack.series;
  const strap_mV = board.physics.float_strap_mV.value;
  const float_mV = series * cell.profile.float_mV.value;
  if (strap_mV >= STRAP_SHARE * float_mV) return [];
  const full = `${scenario.cell} is full at ${float_mV} mV`;
  return [`the charger stops at ${strap_mV} mV, ${full}: see float_strap_mV in docs/ADDING.md`];
}

function driveNote({ site, scenario, harvester, further }: Parts): string[] {
  const kinds = [harvester, ...further.map((each) => each.harvester)].map((of) => of.physics.kind);
  const idle = DRIVES.filter(
    (drive) => site.drives?.[drive] !== undefined && !kinds.includes(LIVES_ON[drive]),
  );
  if (idle.length === 0) return [];
  return [`no source of ${scenario.board} lives on the ${idle.join(" or ")} of ${scenario.site}`];
}

/** One line each; mostly there are none. */
export const notesOf = (parts: Parts): string[] => [...strapNote(parts), ...driveNote(parts)];
