// What a run came to, in numbers: the content of run.json, from which the page on the terminal and
// the report are made. The same run gives the same bytes.

import { Actuators, Paths, Vetoes } from "../../host/core/abi.js";
import { bitNames, FAULT_BITS } from "../../host/core/fault_names.js";
import { modeName } from "../../host/sim/simulate.js";
import { type RunNumbers } from "../report/numbers.js";
import { type Life } from "./life.js";
import { notesOf } from "./notes.js";

/** 1 mJ is 1e9 pJ; one nAh is 3600 nC, one pC 1e-3 nC. */
const PJ_MJ = 1e9;
const NC_NAH = 3600;
const PC_NAH = 3.6e6;
const HOUR_S = 3600;
const NAH_UAH = 1000;
/** 1 mV/nA is 1e6 ohm. */
const OHM = 1e6;
const DIGITS = 8;

/** Rounded to what is worth reading, so that run.json stays readable. */
const worth = (value: number): number => Number(value.toPrecision(DIGITS));

const group = <K extends string>(values: Record<K, number>, per: number): Record<K, number> =>
  Object.fromEntries(
    Object.entries<number>(values).map(([name, value]) => [name, worth(value / per)]),
  ) as Record<K, number>;

function energyOf({ run }: Life): RunNumbers["energy"] {
  const { node } = run;
  const { ledger } = node;
  const inputs: Record<string, number> =
    ledger.stores.length > 0 ? { input_capacitor_mJ: ledger.input_stored_pJ } : {};
  const lost = Object.entries(ledger.lost_pJ).map(([name, pJ]): [string, number] => [
    `${name}_mJ`,
    pJ,
  ]);
  return {
    harvest: group(
      {
        available_mJ: ledger.available_pJ,
        offered_mJ: ledger.offered_pJ,
        drawn_mJ: ledger.drawn_pJ,
        delivered_mJ: ledger.delivered_pJ,
      },
      PJ_MJ,
    ),
    used: group(
      {
        sleep_mJ: ledger.sleep_pJ,
        active_mJ: ledger.active_pJ,
        events_mJ: ledger.events_pJ,
        gauge_mJ: ledger.gauge_pJ,
        records_mJ: ledger.record_pJ,
        switched_off_mJ: ledger.off_pJ,
      },
      PJ_MJ,
    ),
    lost: group(Object.fromEntries(lost), PJ_MJ),
    stored: group(
      {
        cell_mJ: node.cell.stored_pJ - ledger.start_cell_pJ,
        capacitor_mJ: node.buffer.stored_pJ - ledger.start_buffer_pJ,
        ...inputs,
      },
      PJ_MJ,
    ),
  };
}

/** The core's books beside the plant's true charge, path by path; in minus out. */
function chargeOf({ run }: Life): RunNumbers["charge"] {
  const { node, firmware } = run;
  const { ledger, cell } = node;
  const booked = group(
    Object.fromEntries(
      Object.entries(Paths).map(([name, path]) => [
        `${name}_nAh`,
        firmware.deeds.booked_pC[path] ?? 0,
      ]),
    ),
    PC_NAH,
  );
  const truth = group(
    {
      harvest_nAh: ledger.delivered_nC,
      sleep_nAh: -(ledger.sleep_nC + ledger.quiescent_nC),
      active_nAh: -(ledger.active_nC + ledger.gauge_nC),
      burst_nAh: -ledger.events_nC,
      leak_nAh: -ledger.leak_nC,
      self_nAh: -cell.self_nC,
      records_nAh: -ledger.record_nC,
      switched_off_nAh: -ledger.off_nC,
      aged_nAh: -cell.aged_nC,
    },
    NC_NAH,
  );
  return { booked, truth };
}

/** A resistance is known from this share of it on, one sigma. */
const RESISTANCE_KNOWN = 0.1;

/** Capacity and resistance as the core tells them at its last wake. */
function healthOf({ run, parts }: Life): NonNullable<RunNumbers["health"]> {
  const { cell } = run.node;
  const { gauge } = run.firmware.words;
  const { soh_capacity, resistance_scale, resistance_sigma, resistance_ohm } = gauge;
  const label_nAh = parts.cell.profile.capacity_nAh.value;
  const known = resistance_sigma < RESISTANCE_KNOWN * resistance_scale;
  return {
    capacity_uAh: {
      told: soh_capacity < 0 ? null : worth((soh_capacity * label_nAh) / NAH_UAH),
      truth: worth(cell.capacity_nAh / NAH_UAH),
    },
    resistance_ohm: {
      told: known ? worth(resistance_ohm) : null,
      truth: worth(cell.resistance_mV_nA * OHM),
    },
  };
}

/** Plain data, the same bytes for the same commit, parts, environment and seed. */
export function numbersOf(life: Life, commit: string, replay: string): RunNumbers {
  const { parts, run, environment, plant } = life;
  const { scenario, load } = parts;
  const { node, firmware } = run;
  const { deeds } = firmware;
  const hours = run.length_s / HOUR_S;
  const energy = energyOf(life);
  const modes = run.mode_s.map((s, mode): [string, number] => [`${modeName(mode)}_h`, s]);
  const gauge_mJ = energy.used.gauge_mJ! + energy.used.records_mJ!;
  const on_s = run.length_s - run.off_s;
  return {
    scenario: life.name,
    title: life.recorded ? `The node of ${life.name} ${life.recorded}` : scenario.title,
    cell: scenario.cell,
    board: scenario.board,
    load: scenario.load,
    site: life.recorded ? environment.name : scenario.site,
    seed: scenario.seed,
    commit,
    hours,
    replay,
    energy,
    charge: chargeOf(life),
    soc: {
      start: worth(run.soc_start),
      end: worth(node.cell.soc),
      min: worth(run.soc_min),
      max: worth(run.soc_max),
    },
    estimate: {
      rms_error: worth(Math.sqrt(run.squares / Math.max(run.judged, 1))),
      worst_error: worth(run.worst),
      within_2_sigma: worth(run.within / Math.max(run.judged, 1)),
      judged_wakes: run.judged,
      mean_sigma: worth(run.sigmas / Math.max(run.judged, 1)),
    },
    events: load.events.map(({ name }, kind) => ({
      name,
      done: deeds.done[kind]!,
      refused: deeds.refused[kind]!,
      failed: deeds.failed[kind]!,
    })),
    modes: group(Object.fromEntries(modes), HOUR_S),
    brownouts: run.brownouts,
    off_h: worth(run.off_s / HOUR_S),
    limits: bitNames(FAULT_BITS, deeds.faults),
    vetoes: bitNames(Vetoes, deeds.vetoes),
    unenforced: bitNames(Actuators, deeds.unenforced),
    notes: notesOf(parts),
    node_cost: {
      gauge_mJ: worth(gauge_mJ),
      gauge_mean_nW: worth((gauge_mJ * 1e6) / Math.max(on_s, 1)),
      sleep_floor_mean_nW: worth((energy.used.sleep_mJ! * 1e6) / Math.max(on_s, 1)),
      charger_mean_nW: worth((energy.lost.quiescent_mJ! * 1e6) / run.length_s),
      steps: deeds.steps,
      records: deeds.records,
      starts: deeds.boots,
      resets: deeds.resets,
    },
    health: healthOf(life),
    specimen: {
      ...group({ ...plant.cell, ...node.specimen }, 1),
      alive_share: worth(node.ageing.alive),
      cycles: worth(node.ageing.cycles),
    },
  };
}
