// The short steps of commissioning: an uncharged cell, upload of the profile, ship mode. EnerChip's
// vendor: cells must be soldered uncharged, soldered charged they are degraded or destroyed.

import { crc32 } from "node:zlib";
import { CommissionError, inWords, type CommissionedNode, type Told } from "./device.js";
import { type Limits } from "./limits.js";

const { mV } = inWords;

/** The cell was soldered uncharged; the meter tells, its node may not be able to wake. */
export async function checkUncharged(node: CommissionedNode, limits: Limits, told: Told) {
  const voltage_mV = await node.reference_mV();
  if (voltage_mV > limits.uncharged_mV) {
    const why = `an uncharged cell has at most ${mV(limits.uncharged_mV)}`;
    const remedy = "one soldered charged may be damaged: replace it";
    throw new CommissionError(`cell: has ${mV(voltage_mV)}, ${why}; ${remedy}`);
  }
  told("cell", `${mV(voltage_mV)} at the meter, uncharged`);
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
