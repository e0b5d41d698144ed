// The one kind of harvester that the simulated node can be driven by, picked out of all kinds that
// files describe.

import { type PhotovoltaicPhysics } from "../host/sim/sources/photovoltaic.js";
import { PartError, type Part } from "./check.js";
import { plain } from "./schema/quantity.js";

/** The panel of a harvester's file. `named` is where it was named. Throws PartError. */
export function panelPhysics(harvester: Part<"harvester">, named: string): PhotovoltaicPhysics {
  const physics = plain(harvester).physics;
  if (physics.kind === "photovoltaic") return physics;
  const must = "must be photovoltaic: the plant's charger is driven by no other kind yet";
  throw new PartError(`${named} is ${physics.kind}, ${must}; name a panel, such as am1417`);
}
