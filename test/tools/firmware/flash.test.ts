// Flashing: an Espruino gets its files over a console (our own mock of one) and they are compared
// there; a UF2 image goes onto a boot volume; for other tools the command is printed, no more.

import assert from "node:assert/strict";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { LAYOUT_HASH } from "../../../host/core/abi.js";
import { EspruinoRepl } from "../../../host/hil/wire/espruino_repl.js";
import { tcpPort } from "../../../host/hil/wire/port.js";
import { runFlash } from "../../../tools/commands/flash.js";
import { isInputError } from "../../../tools/commands/usage.js";
import { flashEspruino } from "../../../tools/firmware/flash_espruino.js";
import { fakeEspruino } from "../../host/hil/devices/fake_espruino.js";
import { startConsole, type Faults } from "./console.js";

let folder = "";
before(() => (folder = mkdtempSync(join(tmpdir(), "tfmb-"))));
after(() => rmSync(folder, { recursive: true, force: true }));

/** A folder as `tfmb build` leaves it. */
function built(board: string, files: Record<string, string | Uint8Array>, notes: string[] = []) {
  const dir = join(folder, `${board}-${Object.keys(files).length}`);
  mkdirSync(dir, { recursive: true });
  for (const [name, content] of Object.entries(files)) writeFileSync(join(dir, name), content);
  const manifest = { board, layout_hash: LAYOUT_HASH, files: Object.keys(files), notes };
  writeFileSync(join(dir, "build.json"), JSON.stringify(manifest));
  return dir;
}

const bytes = (length: number) => Uint8Array.from({ length }, (_, i) => (i * 37) & 255);
const ESPRUINO = { tfmb: "exports.connect=1", "tfmb.bin": bytes(1000), "tfmb.pro": bytes(300) };

/** The line of a flash that fails. */
async function refused(options: Parameters<typeof runFlash>[0]): Promise<string> {
  const error: unknown = await runFlash(options).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  assert.ok(isInputError(error), String(error));
  assert.ok(!error.message.includes("\n"));
  return error.message;
}

async function onConsole<T>(faults: Faults, use: (port: string, files: Map<string, Buffer>) => T) {
  const device = await startConsole("PUCKJS", faults);
  try {
    return await use(device.address, device.files);
  } finally {
    device.close();
  }
}

describe("an Espruino", () => {
  it("gets every file whole", async () => {
    await onConsole({}, async (port, files) => {
      const from = built("puckjs", ESPRUINO);
      const { said, done } = await runFlash({ board: "puckjs", from, port });
      assert.ok(done);
      assert.match(said, /tfmb.bin: 1000 bytes, read back/);
      for (const [name, content] of Object.entries(ESPRUINO)) {
        assert.deepEqual(files.get(name), Buffer.from(content), name);
      }
    });
  });

  it("is refused when it is another board, is full, or stores what was not sent", async () => {
    const from = built("puckjs", ESPRUINO);
    const other = built("mdbt42q", ESPRUINO);
    await onConsole({}, async (port) => {
      const line = await refused({ board: "mdbt42q", from: other, port });
      assert.match(line, /this device is PUCKJS, not MDBT42Q; name its own --board/);
    });
    await onConsole({ free: 100 }, async (port, files) => {
      const line = await refused({ board: "puckjs", from, port });
      assert.match(line, /has 100 bytes of Storage free, \d+ needed; free it with/);
      assert.equal(files.size, 0);
    });
    await onConsole({ corrupt: "tfmb.bin" }, async (port) => {
      const line = await refused({ board: "puckjs", from, port });
      assert.match(line, /tfmb.bin: CRC-32 [0-9a-f]+ on the device, [0-9a-f]+ sent; flash again/);
    });
  });

  it("that does not answer is told so, after a while", async () => {
    const { address, server } = await fakeEspruino({ mute: true });
    const repl = new EspruinoRepl(await tcpPort(address), 50);
    const flashing = flashEspruino(repl, "PUCKJS", { tfmb: bytes(3) }, () => undefined);
    await assert.rejects(
      flashing,
      /^DeviceError: .* does not answer \(0.05 s\); is it an Espruino/,
    );
    await repl.close();
    server.close();
  });

  it("needs a line that can be opened", async () => {
    const from = built("puckjs", ESPRUINO);
    assert.match(await refused({ board: "puckjs", from }), /give --port host:port/);
    const nobody = { board: "puckjs", from, port: "127.0.0.1:1" };
    assert.match(await refused(nobody), /127.0.0.1:1 cannot be reached: .*ECONNREFUSED/);
    assert.match(await refused({ ...nobody, port: "tcp://x" }), /must be host:port/);
  });
});

describe("an image", () => {
  it("goes onto a boot volume, and onto no other folder", async () => {
    const from = built("pico", { "node.uf2": bytes(512) });
    const volume = join(folder, "RPI-RP2");
    mkdirSync(volume);
    const options = { board: "pico", from, to: volume };
    assert.match(await refused(options), /has no INFO_UF2.TXT, it is no UF2 volume/);
    assert.ok(!existsSync(join(volume, "node.uf2")));
    writeFileSync(join(volume, "INFO_UF2.TXT"), "UF2 Bootloader v3.0\n");
    assert.match(
      (await runFlash(options)).said,
      /^pico: copied to .*node.uf2; the board starts it/,
    );
    assert.deepEqual(new Uint8Array(readFileSync(join(volume, "node.uf2"))), bytes(512));
  });

  it("for a vendor's tool is only named, with the command", async () => {
    const files = { "node.hex": ":00000001FF\n" };
    const from = join(folder, "it's hex");
    renameSync(built("nrf52840-bq25570", files), from);
    const flashed = await runFlash({ board: "nrf52840-bq25570", from });
    const path = `'${join(from, "node.hex").replace("'", "'\\''")}'`;
    const command = `nrfjprog --program ${path} --sectorerase --verify --reset`;
    assert.deepEqual(flashed, { said: `nothing was flashed; run\n  ${command}`, done: false });
  });

  it("that was not built, or for another board, is refused", async () => {
    const missing = join(folder, "nothing");
    const line = await refused({ board: "pico", from: missing });
    assert.match(line, /build.json: does not exist; run tfmb build --board pico --out/);
    const from = built("pico", { "node.uf2": "" });
    assert.match(await refused({ board: "microbit", from }), /built for pico, not for microbit/);
    const bare = built("microbit", { "core.c": "" }, ["no image: because"]);
    assert.match(
      await refused({ board: "microbit", from: bare }),
      /no node.hex: no image: because/,
    );
  });
});
