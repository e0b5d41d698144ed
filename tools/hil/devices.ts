// The devices that this checkout can put onto the rig, each with what it needs to be here.

import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { type DeviceMaker } from "../../host/hil/devices/device.js";
import { espruinoDevice } from "../../host/hil/devices/espruino.js";
import { processDevice, uartDevice } from "../../host/hil/devices/framed.js";
import { Microbit } from "../../host/hil/devices/microbit.js";
import { Rp2040 } from "../../host/hil/devices/rp2040.js";
import { wasmDevice } from "../../host/hil/devices/wasm.js";
import { coreWasm } from "../../host/hil/places.js";
import { answerScript } from "../../host/hil/wire/answer_script.js";
import { ARM_GCC, ARM_PACKAGES, COMMON, INCLUDES, compile, isInstalled } from "../build/images.js";
import { buildPath, projectPath } from "../build/paths.js";
import { UsageError } from "../commands/usage.js";

/** Where a board is, for the devices that are reached over a line. */
export interface LineOptions {
  port?: string | undefined;
  baud?: number | undefined;
  /** Its sleeps are not waited for. */
  fast?: boolean | undefined;
  /** JavaScript that an Espruino is sent first. */
  program?: string | undefined;
}

export interface RigDevice {
  name: string;
  what: string;
  /** What to do for it to be here: `run npm ci ...`; undefined: it is. */
  missing: () => string | undefined;
  make: () => DeviceMaker;
}

const ON_A_LINE = {
  espruino: "an Espruino board over its REPL",
  uart: "a board that speaks frames on its UART",
};

function readProgram(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    throw new UsageError(`--program ${file}: cannot be read; name a file of JavaScript`);
  }
}

/** The devices that need an address; without one they say so. */
function devicesOnLine({ port, baud, fast, program }: LineOptions): RigDevice[] {
  const options = {
    ...(baud === undefined ? {} : { baud }),
    time: fast === true ? ("emulated" as const) : ("real" as const),
  };
  const make = {
    espruino: () =>
      espruinoDevice(port!, {
        ...options,
        ...(program === undefined ? {} : { program: readProgram(program) }),
      }),
    uart: () => uartDevice(port!, options),
  };
  return Object.entries(ON_A_LINE).map(([name, what]) => ({
    name,
    what,
    missing: () => (port === undefined ? "give --port host:port, or a serial line" : undefined),
    make: make[name as keyof typeof make],
  }));
}

const XS_WORKER = projectPath(
  "test/runtimes/node_modules/@agoric/xsnap/xsnap-native/xsnap/build/bin",
);

/** The C core as a program, compiled when first asked for. */
let program: string | undefined;
function cProgram(): string {
  if (program !== undefined) return program;
  mkdirSync(buildPath("hil"), { recursive: true });
  const path = buildPath("hil/process");
  const sources = ["answer.c", "frame.c", "process.c"].map((name) =>
    projectPath(`host/hil/c/${name}`),
  );
  const flags = [...COMMON, "-Wall", "-Wextra", ...INCLUDES, "-DTFMB_CHECKED"];
  compile("gcc", [...flags, ...sources, buildPath("c/core.c"), "-lm", "-o", path]);
  program = path;
  return path;
}

/** The wasm2js core with its answers, as one script for XS. */
function xsScript(): string {
  mkdirSync(buildPath("hil"), { recursive: true });
  const path = buildPath("hil/xs.js");
  const core = readFileSync(buildPath("core.js"), "utf8");
  writeFileSync(path, `${core}\n${answerScript()}`);
  return path;
}

/** Those that are on this machine or could be. */
export const DEVICES: readonly RigDevice[] = [
  {
    name: "wasm",
    what: "the core in this process",
    missing: () => undefined,
    make: () => wasmDevice(coreWasm()),
  },
  {
    name: "c",
    what: "the C core as a program",
    missing: () => (isInstalled("gcc") ? undefined : "run apt-get install gcc"),
    make: () => {
      const path = cProgram();
      return processDevice("c", () => spawn(path, { stdio: ["pipe", "pipe", "inherit"] }));
    },
  },
  {
    name: "xs",
    what: "the JavaScript core in Moddable's engine",
    missing: () => (existsSync(XS_WORKER) ? undefined : "run npm ci --prefix test/runtimes"),
    make: () => {
      const args = [projectPath("test/runtimes/xs_rig.mjs"), xsScript()];
      const start = () => spawn(process.execPath, args, { stdio: ["pipe", "pipe", "inherit"] });
      return processDevice("xs", start, { timeout_ms: 15_000 });
    },
  },
  {
    name: "rp2040",
    what: "the image in an emulated RP2040, with ADC, charger and FRAM",
    missing: () => (isInstalled(ARM_GCC) ? undefined : ARM_PACKAGES),
    make: () => async (options) => new Rp2040(options),
  },
  {
    name: "microbit",
    what: "the image on a micro:bit in QEMU; its journal is its own",
    missing: () => ([ARM_GCC, "qemu-system-arm"].every(isInstalled) ? undefined : ARM_PACKAGES),
    make: () => async (options) => new Microbit(options),
  },
];

/** All devices, those on a line with their address. */
export const allDevices = (line: LineOptions): RigDevice[] => [...DEVICES, ...devicesOnLine(line)];
