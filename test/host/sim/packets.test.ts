// A converter with a wide lockout gives packets: as long to fill as the charge takes, as large as
// its thresholds say, and nothing is lost but what is booked.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { readPart } from "../../../boards/parts.js";
import { plain } from "../../../boards/schema/quantity.js";
import { Packets } from "../../../host/sim/packets.js";
import { LinearSource } from "../../../host/sim/sources/linear_source.js";
import { projectPath } from "../../../tools/build/paths.js";
import { near } from "./cell_fixture.js";

const pmic = plain(readPart(projectPath("boards"), "pmic", "ltc3588-2")).physics;
const CAPACITANCE_UF = 10;
const OPEN_V = 24;
const INTERNAL_OHM = 1e6;

function packetsOf(): Packets {
  const packets = new Packets(pmic, CAPACITANCE_UF);
  packets.connect(new LinearSource(OPEN_V, INTERNAL_OHM, true));
  packets.turn();
  packets.offer(3900, 1e5);
  return packets;
}

/** Time to charge from one voltage to another through R, beside a current of its own. */
function charging_s(from_V: number, to_V: number): number {
  const end_V = OPEN_V - 830e-9 * INTERNAL_OHM;
  return INTERNAL_OHM * CAPACITANCE_UF * 1e-6 * Math.log((end_V - from_V) / (end_V - to_V));
}

describe("a converter that makes packets", () => {
  it("starts at its rising threshold, as late as a capacitor behind a resistor is full", () => {
    const packets = packetsOf();
    const start_s = packets.steady_s(1e4);
    near(start_s, charging_s(0, 16), 0.02, "s");
    packets.fill(start_s);
    near(packets.voltage_mV, 16000, 1e-3, "mV");
    packets.turn();
    assert.equal(packets.running, true);
  });

  it("gives what lies between its thresholds, less what is lost, and fills again", () => {
    const packets = packetsOf();
    packets.fill(packets.steady_s(1e4));
    packets.turn();
    packets.offer(3900, 1e5);
    near(packets.delivered_uW, 390, 1e-9, "100 uA at 3.9 V, uW");
    const packet_uJ = (CAPACITANCE_UF * (16 ** 2 - 14 ** 2)) / 2;
    const run_s = packets.steady_s(1e4);
    near(run_s, packet_uJ / (packets.delivered_uW + packets.lost_uW), 0.01, "s");
    packets.pour(1, run_s);
    packets.turn();
    assert.equal(packets.running, false);
    near(packets.steady_s(1e4), charging_s(14, 16), 0.02, "s");
  });

  it("keeps what the rail does not take, up to its shunt, and books all of it", () => {
    const packets = packetsOf();
    packets.fill(1e4);
    near(packets.voltage_mV, 20000, 1e-6, "mV");
    const { drawn_pJ, own_pJ, shunt_pJ, stored_pJ } = packets;
    assert.ok(shunt_pJ > 0 && own_pJ > 0);
    near(own_pJ + shunt_pJ + stored_pJ, drawn_pJ, 1e-9, "pJ");
  });

  it("empties itself without a source, and never below nothing", () => {
    const packets = packetsOf();
    packets.fill(50);
    packets.connect(undefined);
    packets.fill(1e7);
    assert.ok(packets.stored_pJ >= 0 && packets.voltage_mV < 100, `${packets.voltage_mV} mV`);
  });
});
