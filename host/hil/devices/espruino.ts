// An Espruino board over its console, serial or TCP. The board needs `tfmb_ask(base64)`, which the
// module of host/espruino does not have: `program` brings it, or the user's own firmware.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { packageFolder } from "../places.js";
import { answerScript } from "../wire/answer_script.js";
import { EspruinoRepl } from "../wire/espruino_repl.js";
import { type Wire } from "../wire/message.js";
import { portAt } from "../wire/port.js";
import { DeviceError, type Device, type DeviceMaker } from "./device.js";
import { linkedDevice } from "./linked.js";

export interface EspruinoOptions {
  baud?: number;
  /** "real": sleeps take their time; "emulated": it is asked as fast as it answers. */
  time?: Device["time"];
  /** Sent before anything is asked: what defines tfmb_ask. */
  program?: string;
  /** So long a line may take. */
  timeout_ms?: number;
}

/** Of a line: an Espruino's input buffer holds some hundred characters. */
const CHUNK = 192;
/** Espruino's own default where no USB is: Gordon Williams on forum.espruino.com, 15437685. */
export const ESPRUINO_BAUD = 9600;

/** What makes tfmb_ask of a core in JavaScript, where there is room for it, and Math.fround. */
export function espruinoProgram(coreJs: string): string {
  const door = readFileSync(join(packageFolder(), "host/hil/devices/espruino_door.js"), "utf8");
  return `${coreJs}\n${answerScript()}\n${door}`;
}

class ReplWire implements Wire {
  constructor(readonly repl: EspruinoRepl) {}

  /** Stops what runs there and sends the program. */
  async start(program: string | undefined): Promise<void> {
    this.repl.interrupt();
    await this.repl.ask("1");
    if (program !== undefined) {
      await this.#send(program);
      await this.repl.ask("1", "eval(tfmb_in);");
    }
    if ((await this.repl.ask("typeof tfmb_ask")) === "function") return;
    const remedy = "send a program that defines it (docs/HIL.md)";
    throw new DeviceError(`${this.repl.port.name} has no tfmb_ask; ${remedy}`);
  }

  async call(request: Uint8Array): Promise<Uint8Array> {
    await this.#send(Buffer.from(request).toString("base64"));
    const answer = String(await this.repl.ask("tfmb_ask(tfmb_in)"));
    return new Uint8Array(Buffer.from(answer, "base64"));
  }

  close(): Promise<void> {
    return this.repl.close();
  }

  /** Puts text into the board's tfmb_in, in lines that its input buffer holds. */
  async #send(text: string): Promise<void> {
    await this.repl.ask("1", 'tfmb_in="";');
    for (let at = 0; at < text.length; at += CHUNK) {
      await this.repl.ask("1", `tfmb_in+=${JSON.stringify(text.slice(at, at + CHUNK))};`);
    }
  }
}

/** `address` is host:port, or a serial line. */
export function espruinoDevice(address: string, options: EspruinoOptions = {}): DeviceMaker {
  const { baud = ESPRUINO_BAUD, time = "real", program, timeout_ms } = options;
  return linkedDevice("espruino", time, async () => {
    const wire = new ReplWire(new EspruinoRepl(await portAt(address, baud), timeout_ms));
    try {
      await wire.start(program);
    } catch (error) {
      await wire.close();
      throw error;
    }
    return wire;
  });
}
