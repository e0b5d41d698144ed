// The kinds of part files: the folder below boards/, and the schema of its files.

import { board } from "./board.js";
import { cell } from "./cell.js";
import { climate } from "./climate.js";
import { harvester } from "./harvester.js";
import { load } from "./load.js";
import { plan } from "./plan.js";
import { pmic } from "./pmic.js";
import { scenario } from "./scenario.js";
import { setup } from "./setup.js";
import { site } from "./site.js";
import { unknowns } from "./unknowns.js";

export const KINDS = {
  cell: { folder: "cells", schema: cell, title: "a cell of boards/cells" },
  board: { folder: "boards", schema: board, title: "a board of boards/boards" },
  load: { folder: "loads", schema: load, title: "a load of boards/loads" },
  harvester: {
    folder: "harvesters",
    schema: harvester,
    title: "a harvester of boards/harvesters",
  },
  pmic: { folder: "pmics", schema: pmic, title: "a charger of boards/pmics" },
  plan: { folder: "plans", schema: plan, title: "a plan of boards/plans" },
  climate: { folder: "climates", schema: climate, title: "a climate of boards/climates" },
  site: { folder: "sites", schema: site, title: "a site of boards/sites" },
  scenario: { folder: "scenarios", schema: scenario, title: "a scenario of boards/scenarios" },
  hil: {
    folder: "scenarios/hil",
    schema: scenario,
    title: "a scenario of the rig, with steps",
  },
  setup: {
    folder: "scenarios/gauge/setups",
    schema: setup,
    title: "a set-up of the twin test bed",
  },
  unknowns: {
    folder: "scenarios/gauge/unknowns",
    schema: unknowns,
    title: "a list of what the twin test bed hides",
  },
} as const;

export type Kind = keyof typeof KINDS;
