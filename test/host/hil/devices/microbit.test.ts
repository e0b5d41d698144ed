// The image on the micro:bit in QEMU is the core in this process, bit for bit, over its UART; it
// keeps its profile and its journal in its own flash, through resets that keep RAM and that lose
// it.

import assert from "node:assert/strict";
import { it } from "node:test";
import { AREAS, Faults, Reason } from "../../../../host/core/abi.js";
import { DeviceError } from "../../../../host/hil/devices/device.js";
import { Microbit } from "../../../../host/hil/devices/microbit.js";
import { type ImageReply } from "../../../../host/hil/wire/image_frame.js";
import { Fram } from "../../../../host/sim/fram.js";
import { Medium } from "../../../property/power_cuts/medium.js";
import { hasImages } from "./arm_images.js";
import { recordLife } from "./recorded_life.js";
import { Reference } from "./reference.js";

/** The vital area is not compared: it counts slots in use, and blank FRAM is not blank flash. */
function assertSame(got: ImageReply, expected: ImageReply, what: string): void {
  assert.equal(got.status, expected.status, `${what}: status`);
  assert.equal(got.records, expected.records, `${what}: records`);
  for (const area of ["decision", "gauge"] as const) {
    assert.deepEqual(got[area], expected[area], `${what}: ${area}`);
  }
}

const faultsOf = ({ vital }: ImageReply) =>
  new DataView(vital.buffer).getUint32(AREAS.vital.fields.faults_latched.offset, true);

it("lives through a day and two resets with the same bits as in process", async (t) => {
  if (!hasImages(t, "qemu-system-arm")) return;
  const { profile, samples } = recordLife(24);
  const storage = new Fram();
  const device = new Microbit({ storage: new Fram() });
  const reference = new Reference(storage);
  try {
    const cold = { profile, reason: Reason.cold, off_s: undefined, time_ms: 0 };
    assertSame(await device.boot(cold), reference.boot(cold), "cold start");
    let last: ImageReply | undefined;
    let records = 0;
    const live = async (from: number, to: number) => {
      for (const [i, sample] of samples.slice(from, to).entries()) {
        last = await device.step(sample);
        assertSame(last, reference.step(sample), `wake ${from + i}`);
        records += last.records;
      }
    };
    await live(0, 60);
    await device.cut("kept");
    const warm = { profile, reason: Reason.warm, off_s: 0, time_ms: 36_300_000 };
    assertSame(await device.boot(warm), reference.boot(warm, last!.vital), "warm start");
    await live(61, 100);
    await device.cut("lost");
    const lost = { profile, reason: Reason.warm, off_s: 100, time_ms: 60_400_000 };
    const found = await device.boot(lost);
    assertSame(found, reference.boot(lost), "start from the journal");
    assert.equal(faultsOf(found) & Faults.restarted, faultsOf(last!) & Faults.restarted);
    await live(101, samples.length);
    assert.ok(records > 5, `${records} records`);
    assert.ok(device.woken >= samples.length - 2, `${device.woken} sleeps`);
  } finally {
    await device.close();
  }
});

it("erases a half of its journal when the profile says flash", async (t) => {
  if (!hasImages(t, "qemu-system-arm")) return;
  const { profile, samples } = recordLife(
    12,
    ({
      board: {
        profile: { storage },
      },
    }) => {
      storage.kind = "flash";
      storage.slots_log2.value = 3;
      storage.record_share.value = storage.erase_share.value = 0.001;
      storage.record_s.value = 60;
    },
  );
  const view = new DataView(profile.buffer, profile.byteOffset);
  const { crc, storage_at } = AREAS.profile.fields;
  const at = view.getUint32(storage_at.offset, true);
  const journal = () => flashOf(at, view.getUint32(crc.offset, true));
  const kept = journal();
  const reference = new Reference(kept.port);
  const device = new Microbit({ storage: journal().port });
  try {
    const cold = { profile, reason: Reason.cold, off_s: undefined, time_ms: 0 };
    assertSame(await device.boot(cold), reference.boot(cold), "cold start");
    for (const [i, sample] of samples.entries()) {
      assertSame(await device.step(sample), reference.step(sample), `wake ${i}`);
    }
    await device.cut("lost");
    assertSame(await device.boot(cold), reference.boot(cold), "start from the journal");
    assert.ok(kept.erases > 2, `${kept.erases} erases`);
  } finally {
    await device.close();
  }
});

it("says in a line what is wrong: no image, no start, an emulator that ends", async (t) => {
  const storage = new Fram();
  assert.throws(() => new Microbit({ storage }, "no/such.elf"), /no\/such.elf: there is no image/);
  if (!hasImages(t, "qemu-system-arm")) return;
  const device = new Microbit({ storage });
  await assert.rejects(device.step(new Uint8Array(AREAS.sample.size)), /boot comes before/);
  await device.close();
  const { profile } = recordLife(1);
  const start = { profile, reason: Reason.cold, off_s: undefined, time_ms: 0 };
  await assert.rejects(device.boot(start), DeviceError);
});

/** A flash of two halves of eight slots that counts how often one is erased. */
function flashOf(at: number, profileCrc: number) {
  const medium = new Medium("flash", at, 8, profileCrc);
  const flash = {
    erases: 0,
    port: {
      read: (address: number, into: Uint8Array) => medium.read(address, into),
      program: (address: number, bytes: Uint8Array) => medium.program(address, bytes, bytes.length),
      erase: (address: number, length: number) => {
        flash.erases++;
        medium.erase(address, length / 4);
      },
    },
  };
  return flash;
}
