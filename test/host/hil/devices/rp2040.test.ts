// The image in the emulated RP2040 is the core in this process, bit for bit, whatever way a value
// takes: ADC, I2C, UART, timer; it sleeps by its timer, sets its charger, and starts again from
// retained RAM or from its FRAM.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { AREAS, Pmic, Reason, Values } from "../../../../host/core/abi.js";
import { PowerFailure, type Device } from "../../../../host/hil/devices/device.js";
import { countOf, showReadings } from "../../../../host/hil/devices/readings.js";
import { Rp2040 } from "../../../../host/hil/devices/rp2040.js";
import { Meter } from "../../../../host/hil/twins/meter.js";
import { FromBoard, type ImageReply } from "../../../../host/hil/wire/image_frame.js";
import { Fram } from "../../../../host/sim/fram.js";
import { hasImages } from "./arm_images.js";
import { recordLife } from "./recorded_life.js";
import { Reference } from "./reference.js";

const { fields } = AREAS.sample;

function assertSame(got: ImageReply, expected: ImageReply, what: string): void {
  assert.equal(got.status, expected.status, `${what}: status`);
  assert.equal(got.records, expected.records, `${what}: records`);
  for (const area of ["decision", "gauge", "vital"] as const) {
    assert.deepEqual(got[area], expected[area], `${what}: ${area}`);
  }
}

/** The device and the core in this process, side by side. */
class Pair {
  readonly reference = new Reference(new Fram());
  readonly device = new Rp2040({ storage: new Fram() });
  records = 0;

  constructor(readonly profile: Uint8Array) {}

  async boot(reason: number, off_s: number | undefined, time_ms: number, retained?: Uint8Array) {
    const start = { profile: this.profile, reason, off_s, time_ms };
    assertSame(await this.device.boot(start), this.reference.boot(start, retained), "boot");
  }

  async step(sample: Uint8Array): Promise<ImageReply> {
    const reply = await this.device.step(sample);
    const time_ms = new DataView(sample.buffer).getUint32(fields.time_ms.offset, true);
    assertSame(reply, this.reference.step(sample), `wake at ${time_ms} ms`);
    this.records += reply.records;
    return reply;
  }
}

const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset);

function changed(sample: Uint8Array, change: (view: DataView) => void): Uint8Array {
  const copy = sample.slice();
  change(new DataView(copy.buffer));
  return copy;
}

describe("the RP2040 image", () => {
  it("lives through a simulated day with the same bits, on its own timer", async (t) => {
    if (!hasImages(t)) return;
    const life = recordLife(24);
    const pair = new Pair(life.profile);
    await pair.boot(Reason.cold, undefined, 0);
    for (const sample of life.samples) await pair.step(sample);
    assert.ok(pair.records > 5, `${pair.records} records`);
    assert.ok(life.samples.length > 100, `${life.samples.length} wakes`);
    // the first wake comes when the rig says so, every other one when the sleep is over
    assert.equal(pair.device.woken, life.samples.length - 1);
  });

  it("measures voltages, temperature and harvest itself: nothing of them is in the frame", () => {
    const [sample] = recordLife(1).samples.slice(-1);
    const analog = { cell: 0, cellUnderLoad: 0, sensor: 0, sources: [] };
    const meter = new Meter();
    const to = { analog, meter, charger: { isLimiting: false } };
    const { asked, sample: left } = showReadings(sample!, 1_100_000, to);
    const own =
      Values.voltage | Values.pulse | Values.temperature | Values.harvest | Values.harvest_now;
    assert.equal(asked & own, own);
    for (const field of ["voltage_mV", "temperature_degC", "harvest_mean_nA"] as const) {
      assert.equal(viewOf(left).getUint32(fields[field].offset, true), 0xffffffff, field);
    }
    const mV = viewOf(sample!).getFloat32(fields.voltage_mV.offset, true);
    assert.equal(Math.fround(analog.cell * 1.1), mV);
  });

  it("reads the charge and the current of a metered cell itself, with the same bits", async (t) => {
    const { profile, samples } = recordLife(0.5, undefined, "metered-fortnight");
    const own = Values.charge | Values.current;
    const meter = new Meter();
    const analog = { cell: 0, cellUnderLoad: 0, sensor: 0, sources: [] };
    const last = samples.at(-1)!;
    const asked = showReadings(last, 1_100_000, {
      ...{ analog, meter, charger: { isLimiting: false } },
    });
    assert.equal(asked.asked & own, own);
    assert.equal(viewOf(asked.sample).getUint32(fields.current_nA.offset, true), 0xffffffff);
    assert.ok(Math.abs(viewOf(last).getFloat32(fields.current_nA.offset, true)) > 100);
    if (!hasImages(t)) return;
    const pair = new Pair(profile);
    await pair.boot(Reason.cold, undefined, 0);
    for (const sample of samples) await pair.step(sample);
    assert.ok(samples.length > 50, `${samples.length} wakes`);
  });

  it("turns every count of the ADC into the f32 that the simulated sensor gives", async (t) => {
    for (let count = 0; count < 4096; count++) {
      assert.equal(countOf(Math.fround(count * 1.1), 1_100_000), count);
      assert.equal(countOf(Math.fround((count - 400) * 0.25), 250_000, 400), count);
    }
    if (!hasImages(t)) return;
    const { profile, samples } = recordLife(1);
    const pair = new Pair(profile);
    await pair.boot(Reason.cold, undefined, 0);
    const first = viewOf(samples[0]!).getUint32(fields.time_ms.offset, true);
    // the image tells no reading; a wrong one changes the gauge's innovation
    for (let i = 0; i < 60; i++) {
      const sample = changed(samples[0]!, (view) => {
        view.setUint32(fields.time_ms.offset, first + 60_000 * i, true);
        view.setFloat32(fields.voltage_mV.offset, (3600 + 7 * i) * 1.1, true);
        view.setFloat32(fields.temperature_degC.offset, (i - 20) * 0.25, true);
      });
      await pair.step(sample);
    }
  });

  it("takes what no peripheral can show from the UART: NaN, clock faults", async (t) => {
    if (!hasImages(t)) return;
    const { profile, samples } = recordLife(1);
    const pair = new Pair(profile);
    await pair.boot(Reason.cold, undefined, 0);
    await pair.step(samples[0]!);
    const odd: ((view: DataView) => void)[] = [
      (view) => view.setFloat32(fields.voltage_mV.offset, NaN, true),
      (view) => view.setFloat32(fields.temperature_degC.offset, 21.0625, true),
      (view) => view.setUint32(fields.time_ms.offset, 0xfffffff0, true),
      (view) => view.setUint32(fields.time_ms.offset, 5000, true),
      (view) => view.setFloat32(fields.harvest_now_nA.offset, Infinity, true),
    ];
    for (const [i, change] of odd.entries()) await pair.step(changed(samples[1 + i]!, change));
    const flags = Pmic.limiting | Pmic.charging | Pmic.paused;
    const set = (view: DataView) => view.setUint32(fields.pmic_flags.offset, flags, true);
    await pair.step(changed(samples[6] ?? samples[5]!, set));
    assert.ok(FromBoard.limiting > 0);
  });

  it("starts from retained RAM, and from the FRAM when that is lost", async (t) => {
    if (!hasImages(t)) return;
    const { profile, samples } = recordLife(3);
    const pair = new Pair(profile);
    await pair.boot(Reason.cold, undefined, 0);
    let last: ImageReply | undefined;
    for (const sample of samples.slice(0, 6)) last = await pair.step(sample);
    await pair.device.cut("kept");
    await pair.boot(Reason.warm, 0, 3_700_000, last!.vital);
    for (const sample of samples.slice(7, 10)) await pair.step(sample);
    await pair.device.cut("lost");
    await pair.boot(Reason.warm, 600, 6_700_000, new Uint8Array(AREAS.vital.size));
    for (const sample of samples.slice(12, 14)) await pair.step(sample);
  });

  it("sets float, source and ratio of the AEM13920 as decided", async (t) => {
    if (!hasImages(t)) return;
    const { profile, samples } = recordLife(6, undefined, "rf-teg-month");
    const pair = new Pair(profile);
    const { charger } = pair.device.board;
    await pair.boot(Reason.cold, undefined, 0);
    const at = AREAS.decision.fields;
    for (const sample of samples) {
      const { decision } = await pair.step(sample);
      const view = viewOf(decision);
      const { ovch_mV, on, mpp_ratio } = charger.settings;
      const wanted_mV = view.getFloat32(at.float_mV.offset, true);
      assert.ok(ovch_mV <= wanted_mV && wanted_mV - ovch_mV < 18.75, `${ovch_mV} mV`);
      const charges = view.getUint8(at.charge_enable.offset) === 1;
      const source = view.getUint8(at.source.offset);
      assert.deepEqual(on, [charges && source === 1, charges && source === 2]);
      const ratio = view.getFloat32(at.mpp_ratio.offset, true);
      if (ratio > 0) assert.ok(Math.abs(mpp_ratio[0]! - ratio) <= 0.075, `${ratio}`);
    }
    assert.equal(charger.updates, samples.length);
  });

  it("tells a storage that fails, and stops where power fails", async (t) => {
    if (!hasImages(t)) return;
    const { profile, samples } = recordLife(1);
    const failing = { ...storageThat(() => new Error("it does not answer")) };
    const device: Device = new Rp2040({ storage: failing });
    const reference = new Reference(failing);
    const start = { profile, reason: Reason.cold, off_s: undefined, time_ms: 0 };
    assertSame((await device.boot(start)) as ImageReply, reference.boot(start), "boot");
    const reply = (await device.step(samples[0]!)) as ImageReply;
    assertSame(reply, reference.step(samples[0]!), "wake");
    assert.equal(reply.records, 0);

    const cutting = new Rp2040({ storage: storageThat(() => new PowerFailure("now")) });
    await cutting.boot(start);
    await assert.rejects(cutting.step(samples[0]!), PowerFailure);
  });

  it("says what is wrong when it is not used in turn", async (t) => {
    if (!hasImages(t)) return;
    const device = new Rp2040({ storage: new Fram() });
    await assert.rejects(device.step(new Uint8Array(AREAS.sample.size)), /boot comes before/);
  });
});

/** A storage that can be read, and answers every write with this. */
function storageThat(fails: () => Error) {
  return {
    read: (_: number, into: Uint8Array) => void into.fill(0),
    program: () => {
      throw fails();
    },
    erase: () => {
      throw fails();
    },
  };
}
