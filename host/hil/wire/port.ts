// Byte streams to a device: a program's stdin and stdout, a TCP socket, a serial line. Each gives
// the bytes that come and says when the other end is gone.

import { type ChildProcess } from "node:child_process";
import { connect, type Socket } from "node:net";
import { type Duplex } from "node:stream";
import { DeviceError } from "../devices/device.js";

export interface Port {
  readonly name: string;
  write(bytes: Uint8Array): void;
  /** Called with bytes as they come, and once with the reason when no more will. */
  listen(take: (bytes: Uint8Array) => void, ended: (reason: string) => void): void;
  close(): Promise<void>;
}

const CONNECT_MS = 5000;
const PORT_MAX = 65535;

/** A program that speaks on stdin and stdout; what it says on stderr is its own. */
export function processPort(name: string, spawn: () => ChildProcess): Port {
  const child = spawn();
  const { stdin, stdout } = child;
  if (stdin === null || stdout === null) {
    throw new DeviceError(`${name}: spawn it with stdio "pipe" for stdin and stdout`);
  }
  const gone = new Promise<void>((resolve) => child.once("close", () => resolve()));
  // that it is gone is told by its exit, not by a broken pipe
  stdin.on("error", () => undefined);
  return {
    name,
    write: (bytes) => void stdin.write(bytes),
    listen(take, ended) {
      stdout.on("data", take);
      child.once("error", (error) => ended(error.message));
      child.once("exit", (code, signal) => ended(`it ended with ${signal ?? `exit code ${code}`}`));
    },
    async close() {
      stdin.end();
      if (child.exitCode === null && child.signalCode === null && child.pid !== undefined) {
        child.kill();
        await gone;
      }
    },
  };
}

function streamPort(name: string, stream: Duplex): Port {
  return {
    name,
    write: (bytes) => void stream.write(bytes),
    listen(take, ended) {
      stream.on("data", take);
      stream.on("error", (error: Error) => ended(error.message));
      stream.once("close", () => ended("the line was closed"));
    },
    async close() {
      stream.destroy();
    },
  };
}

/** A TCP socket at `host:port`. Throws DeviceError. */
export async function tcpPort(address: string): Promise<Port> {
  const [, host = "", port = ""] = /^(?:tcp:\/\/)?(.*):(\d+)$/.exec(address) ?? [];
  if (!(Number(port) >= 1 && Number(port) <= PORT_MAX)) {
    const range = `a port is 1..${PORT_MAX}`;
    throw new DeviceError(`${address} must be host:port, as localhost:2323; ${range}`);
  }
  return new Promise((resolve, reject) => {
    const socket: Socket = connect({ host: host || "localhost", port: Number(port) });
    const fail = (why: string) => {
      socket.destroy();
      reject(new DeviceError(`${address} cannot be reached: ${why}`));
    };
    socket.setNoDelay(true);
    socket.setTimeout(CONNECT_MS, () => fail(`no answer in ${CONNECT_MS / 1000} s`));
    socket.once("error", (error) => fail(error.message));
    socket.once("connect", () => {
      socket.setTimeout(0);
      socket.removeAllListeners("error");
      resolve(streamPort(address, socket));
    });
  });
}

/** What of the package `serialport` is used. */
interface SerialModule {
  SerialPort: new (
    options: { path: string; baudRate: number },
    opened: (error: Error | null) => void,
  ) => Duplex;
}

/** A serial line, by the package `serialport`, which is loaded only here. Throws DeviceError. */
export async function serialPort(path: string, baud: number): Promise<Port> {
  const wanted = "serialport";
  let found: SerialModule;
  try {
    found = (await import(wanted)) as SerialModule;
  } catch {
    throw new DeviceError(`${path}: serial lines need a package; run npm install serialport@13`);
  }
  return new Promise((resolve, reject) => {
    const line = new found.SerialPort({ path, baudRate: baud }, (error) => {
      if (error === null) resolve(streamPort(path, line));
      else reject(new DeviceError(`${path} cannot be opened: ${error.message}`));
    });
  });
}

/** `host:port` is a socket, everything else a serial line. Throws DeviceError. */
export const portAt = (address: string, baud: number): Promise<Port> =>
  /^(tcp:\/\/|[\w.-]*:\d+$)/.test(address) ? tcpPort(address) : serialPort(address, baud);
