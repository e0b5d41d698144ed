// A line to a device: TCP, or a serial port through the package `serialport`, which is loaded only
// when a port is named and is not among tfmb's own dependencies.

import { connect } from "node:net";
import { type Duplex } from "node:stream";
import { UsageError } from "../commands/usage.js";

const BAUD = 115200;

/** What is used of the package `serialport`. */
interface SerialModule {
  SerialPort: new (options: { path: string; baudRate: number; autoOpen: false }) => Duplex & {
    open(callback: (error: Error | null) => void): void;
  };
}

/** `tcp:HOST:PORT`, or the name of a serial port. */
export async function openLink(name: string): Promise<Duplex> {
  const [, host, port] = /^tcp:(.+):(\d+)$/.exec(name) ?? [];
  if (host !== undefined) return openTcp(name, host, Number(port));
  if (name.startsWith("tcp:")) throw new UsageError(`--port ${name}: must be tcp:HOST:PORT`);
  return openSerial(name);
}

function openTcp(name: string, host: string, port: number): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port });
    socket.once("connect", () => resolve(socket));
    socket.once("error", (error: NodeJS.ErrnoException) => {
      const remedy = "is the device's console bridged to this port?";
      reject(new UsageError(`--port ${name}: cannot connect (${error.code}); ${remedy}`));
    });
  });
}

async function openSerial(path: string): Promise<Duplex> {
  // a name that is not a literal: neither TypeScript nor a bundler looks for it
  const wanted: string = "serialport";
  const { SerialPort } = await import(wanted).then(
    (loaded: SerialModule) => loaded,
    () => {
      const remedy = "npm install serialport, or bridge the port to TCP and name tcp:HOST:PORT";
      throw new UsageError(`--port ${path}: the package serialport is not there; ${remedy}`);
    },
  );
  return new Promise((resolve, reject) => {
    const port = new SerialPort({ path, baudRate: BAUD, autoOpen: false });
    port.open((error) => {
      if (error === null) resolve(port);
      else reject(new UsageError(`--port ${path}: cannot open (${error.message}); is it free?`));
    });
  });
}
