// An Espruino board over its REPL, serial or TCP. The board needs `tfmb_ask(base64)`: either its
// firmware's module has it, or `program` brings it. Lines begin with DLE (no echo of this line); an
// answer is what stands between marks that no echo can contain.
//
// Written from Espruino's documentation; the tests speak to a peer of this project's own making
// (test/host/hil/devices/fake_espruino.ts). No board was used.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { packageFolder } from "../places.js";
import { answerScript } from "../wire/answer_script.js";
import { type Wire } from "../wire/message.js";
import { portAt, type Port } from "../wire/port.js";
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

const CTRL_C = "\x03";
const NO_ECHO = "\x10";
/** Of a line: an Espruino's input buffer holds some hundred characters. */
const CHUNK = 192;
const TIMEOUT_MS = 10_000;
const ANSWER = /<tfmb:([A-Za-z0-9+/=]*)>/;
const UNCAUGHT = /Uncaught ([^\r\n]*)/;

/** What makes tfmb_ask of a core in JavaScript, where there is room for it, and Math.fround. */
export function espruinoProgram(coreJs: string): string {
  const door = readFileSync(join(packageFolder(), "host/hil/devices/espruino_door.js"), "utf8");
  return `${coreJs}\n${answerScript()}\n${door}`;
}

class Repl implements Wire {
  #heard = "";
  #wake: (() => void) | undefined;
  #gone: string | undefined;

  constructor(
    readonly port: Port,
    readonly timeout_ms: number,
  ) {
    const decoder = new TextDecoder("latin1");
    port.listen(
      (bytes) => {
        this.#heard += decoder.decode(bytes);
        this.#wake?.();
      },
      (reason) => {
        this.#gone ??= reason;
        this.#wake?.();
      },
    );
  }

  /** Stops what runs there and sends the program. */
  async start(program: string | undefined): Promise<void> {
    this.port.write(new TextEncoder().encode(`${CTRL_C}\n`));
    await this.#run('print("<tfmb:>")');
    if (program === undefined) return;
    await this.#send(program);
    await this.#run('eval(tfmb_in);print("<tfmb:>")');
  }

  async call(request: Uint8Array): Promise<Uint8Array> {
    await this.#send(Buffer.from(request).toString("base64"));
    const answer = await this.#run('print("<tfmb:"+tfmb_ask(tfmb_in)+">")');
    return new Uint8Array(Buffer.from(answer, "base64"));
  }

  close(): Promise<void> {
    return this.port.close();
  }

  /** Puts text into the board's tfmb_in, in lines that its input buffer holds. */
  async #send(text: string): Promise<void> {
    await this.#run('tfmb_in="";print("<tfmb:>")');
    for (let at = 0; at < text.length; at += CHUNK) {
      const piece = JSON.stringify(text.slice(at, at + CHUNK));
      await this.#run(`tfmb_in+=${piece};print("<tfmb:>")`);
    }
  }

  /** One line, and what it printed between the marks. */
  async #run(code: string): Promise<string> {
    this.#heard = "";
    this.port.write(new TextEncoder().encode(`${NO_ECHO}${code}\n`));
    const latest_ms = performance.now() + this.timeout_ms;
    for (;;) {
      const found = ANSWER.exec(this.#heard);
      if (found !== null) return found[1]!;
      const thrown = UNCAUGHT.exec(this.#heard);
      if (thrown !== null) throw this.#error(`says ${thrown[1]!.slice(0, 80)}`);
      if (this.#gone !== undefined) throw this.#error(`is gone: ${this.#gone}`);
      if (performance.now() >= latest_ms) {
        throw this.#error(`does not answer (${this.timeout_ms / 1000} s); is it an Espruino?`);
      }
      await this.#more(latest_ms - performance.now());
    }
  }

  /** Until something more was heard, at most so long. */
  #more(wait_ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, wait_ms);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  #error(what: string): DeviceError {
    return new DeviceError(`${this.port.name} ${what}`);
  }
}

/** `address` is host:port, or a serial line. */
export function espruinoDevice(address: string, options: EspruinoOptions = {}): DeviceMaker {
  const { baud = 9600, time = "real", program, timeout_ms = TIMEOUT_MS } = options;
  return linkedDevice("espruino", time, async () => {
    const repl = new Repl(await portAt(address, baud), timeout_ms);
    try {
      await repl.start(program);
    } catch (error) {
      await repl.close();
      throw error;
    }
    return repl;
  });
}
