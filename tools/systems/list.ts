// The systems of docs/systems, in the order in which the review names them.

import { mmSensor } from "./mm_sensor.js";
import { packOfSixteen } from "./pack_16s.js";
import { rfAndHeat } from "./rf_teg_30mm2.js";
import { shadedPanel } from "./shaded_panel.js";
import { type System } from "./system.js";
import { wingPiezo } from "./wing_piezo.js";

export const SYSTEMS: readonly System[] = [
  shadedPanel,
  mmSensor,
  packOfSixteen,
  wingPiezo,
  rfAndHeat,
];
