// Calibration of ADC and divider against a reference meter at the pack. The node's readings and the
// meter's alternate, so that what the cell moves meanwhile cancels: the gain is right even while an
// empty cell falls under the node's own draw. After the first charge the cell rests first.

import { CommissionError, inWords, type CommissionedNode, type Told } from "./device.js";
import { type Limits } from "./limits.js";

const { mV } = inWords;

const READINGS = 32;
const HOUR_S = 3600;
/**
 * A cell that moves more slowly is at rest: on a bench where both are read a second apart that is
 * a thirtieth of what may be left.
 */
const REST_MV_S = 0.05;
const REST_H_MAX = 24;
/** A night, and more: by then an empty cell has seen light. */
const WAKE_H_MAX = 24;

/** Where the pack's voltage is calibrated, and how far it may be off there. */
export const CALIBRATION = {
  /** The first charge is judged by it. Resistors of 1 % and an ADC of 1 % err no more together. */
  empty: 0.03,
  /** What is left after it: the ADC's offset, and noise. */
  full: 0.003,
} as const;

interface Pair {
  voltage_mV: number;
  reference_mV: number;
}

/** Means of readings and of the meter's, in turn; undefined: the node has no supply. */
async function readBoth(node: CommissionedNode): Promise<Pair | undefined> {
  const sum = { voltage_mV: 0, reference_mV: 0 };
  for (let i = 0; i < READINGS; i++) {
    const reading = await node.read();
    if (reading === undefined) return undefined;
    sum.voltage_mV += reading.voltage_mV;
    sum.reference_mV += await node.reference_mV();
  }
  return { voltage_mV: sum.voltage_mV / READINGS, reference_mV: sum.reference_mV / READINGS };
}

/** The same of a node that may have to be charged first. */
async function readAwake(
  node: CommissionedNode,
  { settle_s }: Limits,
  wake_h: number,
): Promise<Pair> {
  for (let waited_s = 0; ; waited_s += settle_s) {
    const both = await readBoth(node);
    if (both !== undefined) return both;
    if (waited_s >= wake_h * HOUR_S) {
      const what = wake_h > 0 ? `does not answer in ${wake_h} h of charge` : "lost its supply";
      const remedy = "more light, or a cell that is above the board's thresholds when charged";
      throw new CommissionError(`calibration: the node ${what}; ${remedy}`);
    }
    await node.wait(settle_s);
  }
}

/** Waits until the meter stands still; returns how long, in seconds. */
async function rest(node: CommissionedNode, { settle_s }: Limits): Promise<number> {
  let before_mV = await node.reference_mV();
  for (let rested_s = settle_s; ; rested_s += settle_s) {
    await node.wait(settle_s);
    const now_mV = await node.reference_mV();
    const moved_mV = Math.abs(now_mV - before_mV);
    if (moved_mV <= REST_MV_S * settle_s) return rested_s;
    if (rested_s >= REST_H_MAX * HOUR_S) {
      const what = `after ${REST_H_MAX} h without charge the cell still moves`;
      const how = `${moved_mV.toFixed(1)} mV in ${settle_s} s`;
      throw new CommissionError(`calibration: ${what}, ${how}; is something drawing from it?`);
    }
    before_mV = now_mV;
  }
}

/** What is between calibrated reading and meter; throws where that is too much. */
function checkLeft({ voltage_mV, reference_mV }: Pair, limits: Limits): number {
  const off_mV = Math.abs(voltage_mV - reference_mV);
  // a mean of many readings and three sigma, and a millivolt for the meter's last digit
  const allowed_mV = 1 + (3 * limits.reading_sigma_mV) / Math.sqrt(READINGS);
  if (off_mV > allowed_mV) {
    const what = `${off_mV.toFixed(1)} mV off after calibration`;
    const range = `must be at most ${allowed_mV.toFixed(1)} mV`;
    const remedy = "measure at the cell's own pins, and look for noise on the ADC";
    throw new CommissionError(`calibration: ${what}, ${range}; ${remedy}`);
  }
  return off_mV;
}

/** An empty cell is charged meanwhile, alone it falls under the node's draw; a full one rests. */
export async function calibrate(
  node: CommissionedNode,
  limits: Limits,
  where: keyof typeof CALIBRATION,
  told: Told,
) {
  const empty = where === "empty";
  await node.charge(empty, limits.charge_nA);
  try {
    const rested_s = empty ? 0 : await rest(node, limits);
    const wake_h = empty ? WAKE_H_MAX : 0;
    const { voltage_mV, reference_mV } = await readAwake(node, limits, wake_h);
    const most = CALIBRATION[where];
    const gain = reference_mV / voltage_mV;
    const percent = (value: number) => `${(100 * value).toFixed(2)} %`;
    if (!(Math.abs(gain - 1) <= most)) {
      const what = `reads ${mV(voltage_mV)} where the reference shows ${mV(reference_mV)}`;
      const range = `off by at most ${percent(most)}`;
      throw new CommissionError(`calibration: ${what}, must be ${range}; check the divider`);
    }
    await node.setGain(gain);
    if (!empty) await node.wait(limits.settle_s);
    const left_mV = checkLeft(await readAwake(node, limits, wake_h), limits);
    const rested = empty ? "" : ` after ${(rested_s / 60).toFixed(0)} min of rest`;
    const found = `gain ${percent(gain - 1)} corrected${rested}, ${left_mV.toFixed(1)} mV left`;
    told("calibration", `${where}: ${found}`);
  } finally {
    await node.charge(false, 0);
  }
}
