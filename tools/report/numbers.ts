// The numbers of a run as the report needs them: the content of run.json. Groups are open: a new
// cause of loss or a new count is one more name in a group, and needs no code here.

/** Name with its unit to value: `{ sleep_mJ: 12.5 }`. */
export type Group = Record<string, number>;

/** Groups within groups, for counts that the report only lists. */
export interface Numbers {
  [name: string]: number | Numbers;
}

/** Energy over the run, mJ. The balance: drawn = used + lost + stored. */
export interface EnergyNumbers {
  /**
   * From the harvester to the rail: available, drawn, delivered and what else there is, shown as
   * they are. Of these only `drawn_mJ` enters the balance.
   */
  harvest: Group & { drawn_mJ: number; delivered_mJ: number };
  /** By what the node did. */
  used: Group;
  /** By cause, from the harvester's terminals on: the charger's losses, too. */
  lost: Group;
  /** Change of each store over the run; negative: it gave energy. */
  stored: Group;
  [group: string]: Group;
}

/** What the firmware says at the end, and the truth; null: not known yet. */
export interface Told {
  told: number | null;
  truth: number;
}

export interface RunNumbers {
  /** Name of the scenario's file, and its title. */
  scenario: string;
  title: string;
  cell: string;
  board: string;
  load: string;
  site: string;
  seed: number;
  commit: string;
  hours: number;
  /** The command that gives this run again; without, it is made of scenario, seed and hours. */
  replay?: string;
  energy: EnergyNumbers;
  charge: Numbers;
  /** True SOC, fractions. */
  soc: { start: number; end: number; min: number; max: number };
  /** Error of the estimate in fractions of SOC, and shares; what else there is is listed. */
  estimate: Group & { rms_error: number; worst_error: number; within_2_sigma: number };
  events: { name: string; done: number; refused: number; failed?: number }[];
  modes: Group;
  brownouts: number;
  off_h: number;
  /** Limits that were touched, decisions that were vetoed, limits that the board cannot hold. */
  limits: string[];
  vetoes: string[];
  unenforced: string[];
  /** What is odd about the parts, one line each. */
  notes?: string[];
  /** What the node spends on its own battery management. */
  node_cost: Numbers;
  /** Charge that the full cell holds; its resistance as SOC and temperature are at the end. */
  health?: { capacity_uAh: Told; resistance_ohm: Told };
  /** How this cell and board differ from their files, and how the cell aged. */
  specimen?: Numbers;
}
