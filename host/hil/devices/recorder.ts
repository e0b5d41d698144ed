// What a device was asked and what it answered, call by call, in a file of one JSON object a line;
// and a device that answers from such a file: a run on a board becomes a regression test.

import { accessSync, constants, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { LAYOUT_HASH } from "../../core/abi.js";
import { DeviceError, PowerFailure, type Device, type DeviceMaker, type Reply } from "./device.js";
import { type Start } from "./device.js";

interface Line {
  call: "device" | "boot" | "step" | "cut";
  /** What was asked: name and layout of the device, bytes in base64, what a cut retains. */
  ask: string;
  answer?: { status: number; records: number; decision: string; gauge: string };
  /** Power failed in the call. */
  failed?: string;
}

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64");
const bytesOf = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, "base64"));

const askOf = ({ profile, reason, off_s, time_ms }: Start): string =>
  `${reason} ${off_s ?? "unknown"} ${time_ms} ${base64(profile)}`;

const head = (name: string): Line => ({ call: "device", ask: `${name} ${LAYOUT_HASH}` });

/** Found out before a run, not after it. */
function checkWritable(file: string): void {
  try {
    accessSync(dirname(file), constants.W_OK);
  } catch {
    throw new DeviceError(`${file}: cannot be written; name a file in a folder that can, --record`);
  }
}

/** The device, with everything that passes written to `file` when it is closed. */
export function recording(make: DeviceMaker, file: string): DeviceMaker {
  return async (options) => {
    checkWritable(file);
    const device = await make(options);
    const lines: Line[] = [head(device.name)];
    const keep = async (call: Line["call"], ask: string, reply: Promise<Reply>) => {
      try {
        const { status, records, decision, gauge } = await reply;
        const answer = { status, records, decision: base64(decision), gauge: base64(gauge) };
        lines.push({ call, ask, answer });
      } catch (error) {
        if (error instanceof PowerFailure) lines.push({ call, ask, failed: error.message });
      }
      return reply;
    };
    return {
      name: device.name,
      time: device.time,
      boot: (start) => keep("boot", askOf(start), device.boot(start)),
      step: (sample) => keep("step", base64(sample), device.step(sample)),
      async cut(retained) {
        await device.cut(retained);
        lines.push({ call: "cut", ask: retained });
      },
      async close() {
        await device.close();
        writeFileSync(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
      },
    };
  };
}

function readLines(file: string): Line[] {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    throw new DeviceError(`${file}: cannot be read; make it with --record`);
  }
  try {
    const lines = text.trimEnd().split("\n");
    return lines.map((line) => JSON.parse(line) as Line);
  } catch {
    throw new DeviceError(`${file}: is no recording of a device; make it with --record`);
  }
}

/** A device that answers as the recorded one did; another question than then is an error. */
export function replaying(file: string): DeviceMaker {
  return async () => {
    const [first, ...lines] = readLines(file);
    const [name = "", layout = ""] = first?.ask.split(" ") ?? [];
    if (layout !== String(LAYOUT_HASH)) {
      throw new DeviceError(`${file}: recorded with another layout; record it again`);
    }
    let at = 0;
    const next = (call: Line["call"], ask: string): Line => {
      const line = lines[at++];
      if (line === undefined) {
        throw new DeviceError(
          `${file}: ends before call ${at}, a ${call}; is it the same scenario?`,
        );
      }
      if (line.call === call && line.ask === ask) return line;
      const what = line.call === call ? `another ${call}` : `a ${call}, not a ${line.call}`;
      throw new DeviceError(`${file}: call ${at} is ${what}; the plant or the scenario changed`);
    };
    const reply = ({ answer, failed }: Line): Reply => {
      if (failed !== undefined) throw new PowerFailure(failed);
      return {
        status: answer?.status ?? 0,
        records: answer?.records ?? 0,
        decision: bytesOf(answer?.decision ?? ""),
        gauge: bytesOf(answer?.gauge ?? ""),
      };
    };
    const device: Device = {
      name,
      time: "emulated",
      boot: async (start) => reply(next("boot", askOf(start))),
      step: async (sample) => reply(next("step", base64(sample))),
      cut: async (retained) => void next("cut", retained),
      close: async () => undefined,
    };
    return device;
  };
}
