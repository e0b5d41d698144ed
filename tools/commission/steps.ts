// The steps of commissioning, each checked: calibration of ADC and divider, an uncharged cell, its
// first charge below the critical current density, upload of the profile, ship mode. EnerChip's
// vendor: cells must be soldered uncharged, soldered charged they are degraded or destroyed.

import { crc32 } from "node:zlib";
import { CommissionError, type CommissionedNode, type Reading } from "./device.js";
import { type Limits } from "./limits.js";

/** What a step found, for people. */
export type Told = (step: string, found: string) => void;

const CHARGE_STEP_S = 600;
const HOUR_S = 3600;
/** So near to the float voltage, with so little current, so often in a row: the cell is full. */
const FLOAT_SHARE = 0.99;
const END_PER_H = 1 / 50;
const END_READINGS = 3;
/** A charge that was integrated from a board's meter may be so far off its rated capacity. */
const CAPACITY_SHARE: [number, number] = [0.7, 1.3];
const CALIBRATION_READINGS = 32;

const mV = (value: number) => `${value.toFixed(0)} mV`;
const uA = (nA: number) => `${Number((nA / 1000).toPrecision(3))} uA`;
const uAh = (nAh: number) => `${Number((nAh / 1000).toPrecision(3))} uAh`;

/** A charger that charges as it likes leaves no rest to calibrate at, and cannot be stopped. */
export function checkSwitch({ switchable }: Limits): void {
  if (switchable) return;
  const remedy = "charge and calibrate the node by hand, or name another --board";
  throw new CommissionError(`charger: the board cannot switch it (no charge_enable); ${remedy}`);
}

/** The cell was soldered uncharged. */
export async function checkUncharged(node: CommissionedNode, limits: Limits, told: Told) {
  const { voltage_mV } = await node.read();
  if (voltage_mV > limits.uncharged_mV) {
    const why = `an uncharged cell reads at most ${mV(limits.uncharged_mV)}`;
    const remedy = "one soldered charged may be damaged: replace it";
    throw new CommissionError(`cell: reads ${mV(voltage_mV)}, ${why}; ${remedy}`);
  }
  told("cell", `${mV(voltage_mV)}, uncharged`);
}

function checkCharging({ voltage_mV, temperature_degC, charge_nA }: Reading, limits: Limits): void {
  const [low, high] = limits.temperature_degC;
  if (voltage_mV > limits.voltage_max_mV) {
    const what = `${mV(voltage_mV)} is above the cell's ${mV(limits.voltage_max_mV)}`;
    throw new CommissionError(`first charge: ${what}; charging was stopped, check the float strap`);
  }
  if (temperature_degC < low || temperature_degC > high) {
    const what = `${temperature_degC.toFixed(1)} degC must be ${low}..${high} degC`;
    throw new CommissionError(`first charge: ${what}; charging was stopped, charge it elsewhere`);
  }
  if (charge_nA > limits.charge_nA) {
    const what = `${uA(charge_nA)} is above the cell's ${uA(limits.charge_nA)}`;
    throw new CommissionError(`first charge: ${what}; charging was stopped, take fewer panels`);
  }
}

/** What lies between the operating share and the maximum is watched reading by reading. */
function checkCharger({ charger_nA, charge_max_nA, settable }: Limits): void {
  if (settable || charger_nA <= charge_max_nA) return;
  const what = `the charger gives up to ${uA(charger_nA)}, the cell bears ${uA(charge_max_nA)}`;
  const remedy = "the board has no charge_limit: take fewer panels or a larger cell";
  throw new CommissionError(`first charge: ${what}; ${remedy}`);
}

/** Until the float voltage is held with little current; checks every reading, and the sum. */
export async function firstCharge(
  node: CommissionedNode,
  limits: Limits,
  hours_max: number,
  told: Told,
) {
  checkCharger(limits);
  const end_nA = limits.capacity_nAh * END_PER_H;
  await node.charge(true, limits.charge_nA);
  let [charge_nAh, full, spent_s, highest_nA] = [0, 0, 0, 0];
  try {
    while (full < END_READINGS) {
      if (spent_s >= hours_max * HOUR_S) {
        const got = `${uAh(charge_nAh)} in ${hours_max} h, the cell is not full`;
        throw new CommissionError(`first charge: ${got}; give it more light or more time`);
      }
      await node.wait(CHARGE_STEP_S);
      spent_s += CHARGE_STEP_S;
      const reading = await node.read();
      checkCharging(reading, limits);
      charge_nAh += ((reading.charge_nA - limits.own_nA) * CHARGE_STEP_S) / HOUR_S;
      highest_nA = Math.max(highest_nA, reading.charge_nA);
      const held = reading.voltage_mV >= FLOAT_SHARE * limits.float_mV;
      full = held && reading.charge_nA < end_nA ? full + 1 : 0;
    }
  } finally {
    await node.charge(false, 0);
  }
  const [least, most] = CAPACITY_SHARE.map((share) => share * limits.capacity_nAh);
  if (charge_nAh < least! || charge_nAh > most!) {
    const range = `${uAh(least!)} to ${uAh(most!)}`;
    const remedy = "too little: damaged by soldering; too much: it leaks, replace it";
    throw new CommissionError(`first charge: ${uAh(charge_nAh)} must be ${range}; ${remedy}`);
  }
  const hours = (spent_s / HOUR_S).toFixed(1);
  told("first charge", `${uAh(charge_nAh)} in ${hours} h, at most ${uA(highest_nA)}`);
}

async function meanVoltage_mV(node: CommissionedNode): Promise<number> {
  let sum_mV = 0;
  for (let i = 0; i < CALIBRATION_READINGS; i++) sum_mV += (await node.read()).voltage_mV;
  return sum_mV / CALIBRATION_READINGS;
}

/** At rest the calibrated reading is the reference's; returns what is between them. */
async function compare(node: CommissionedNode, limits: Limits): Promise<number> {
  await node.wait(limits.settle_s);
  const off_mV = Math.abs((await meanVoltage_mV(node)) - (await node.reference_mV()));
  // a mean of many readings and three sigma, and a millivolt that the cell may still move
  const allowed_mV = 1 + (3 * limits.reading_sigma_mV) / Math.sqrt(CALIBRATION_READINGS);
  if (off_mV > allowed_mV) {
    const what = `${off_mV.toFixed(1)} mV off after calibration`;
    const range = `must be at most ${allowed_mV.toFixed(1)} mV`;
    throw new CommissionError(`calibration: ${what}, ${range}; is the cell at rest?`);
  }
  return off_mV;
}

/** Where the pack's voltage is calibrated, and how far it may be off there. */
export const CALIBRATION = {
  /** The first charge is judged by it. Resistors of 1 % and an ADC of 1 % err no more together. */
  empty: 0.03,
  /** An empty cell still moves at rest; a full one settles what is left. */
  full: 0.003,
} as const;

/** ADC and divider against a reference meter, at rest. */
export async function calibrate(
  node: CommissionedNode,
  limits: Limits,
  where: keyof typeof CALIBRATION,
  told: Told,
) {
  const most = CALIBRATION[where];
  await node.wait(limits.settle_s);
  const before_mV = await meanVoltage_mV(node);
  const reference_mV = await node.reference_mV();
  const gain = reference_mV / before_mV;
  const percent = (value: number) => `${(100 * value).toFixed(2)} %`;
  if (!(Math.abs(gain - 1) <= most)) {
    const what = `reads ${mV(before_mV)} where the reference shows ${mV(reference_mV)}`;
    const range = `off by at most ${percent(most)}`;
    throw new CommissionError(`calibration: ${what}, must be ${range}; check the divider`);
  }
  await node.setGain(gain);
  const left_mV = await compare(node, limits);
  const found = `gain ${percent(gain - 1)} corrected, ${left_mV.toFixed(1)} mV left`;
  told("calibration", `${where}: ${found}`);
}

/** The profile, read back. */
export async function uploadProfile(node: CommissionedNode, profile: Uint8Array, told: Told) {
  const sent = crc32(profile);
  const found = await node.upload(profile);
  if (found !== sent) {
    const both = `CRC-32 ${found.toString(16)} read back, ${sent.toString(16)} sent`;
    throw new CommissionError(`profile: ${both}; upload again, then suspect the flash`);
  }
  told("profile", `${profile.length} bytes, CRC-32 ${sent.toString(16)} read back`);
}

/** Off until it is taken into use. */
export async function shipMode(node: CommissionedNode, told: Told) {
  if (!(await node.ship())) {
    const what = "the node still answers";
    throw new CommissionError(`ship mode: ${what}; check the load switch, it would empty the cell`);
  }
  told("ship mode", "charger and load off, silent");
}
