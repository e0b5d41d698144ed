// Factors between units that meet in more than one room.

import { real } from "./real";

/** pC that flow as 1 nA in 1 s, and back. */
export const PC_PER_NA_S: real = 1000;
export const NA_S_PER_PC: real = 0.001;
