// Devices that speak frames (host/hil/wire/frame.ts): a program on its stdin and stdout, a board on
// its UART.

import { type ChildProcess } from "node:child_process";
import { FrameLink, type LinkOptions } from "../wire/frame_link.js";
import { portAt, processPort } from "../wire/port.js";
import { type Device, type DeviceMaker } from "./device.js";
import { linkedDevice } from "./linked.js";

/** A program that runs the core and speaks frames on stdin and stdout (host/hil/c/process.c). */
export function processDevice(
  name: string,
  spawn: () => ChildProcess,
  options: LinkOptions = {},
): DeviceMaker {
  const connect = async () => new FrameLink(processPort(name, spawn), options);
  return linkedDevice(name, "emulated", connect);
}

export interface BoardLine extends LinkOptions {
  baud?: number;
  /** "real": sleeps take their time; "emulated": it is asked as fast as it answers. */
  time?: Device["time"];
}

/** A board that speaks frames on its UART: `address` is host:port, or a serial line. */
export function uartDevice(address: string, options: BoardLine = {}): DeviceMaker {
  const { baud = 115200, time = "real", ...link } = options;
  const connect = async () => new FrameLink(await portAt(address, baud), link);
  return linkedDevice("uart", time, connect);
}
