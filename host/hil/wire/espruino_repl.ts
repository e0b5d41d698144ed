// The console of an Espruino: one expression after another, each answer between marks that no echo
// of the line contains. Character 16 at the start of a line turns its echo off, 3 is Ctrl-C.
//
// Written from Espruino's documentation; the tests speak to a peer of this project's own making
// (test/host/hil/devices/fake_espruino.ts). No board was used.

import { DeviceError } from "../devices/device.js";
import { type Port } from "./port.js";

const ECHO_OFF = "\x10";
const CTRL_C = "\x03";
/** In the line that is sent they are put together: what is echoed is no answer. */
const [OPEN, CLOSE] = ["<tfmb:", ":tfmb>"] as const;
const UNCAUGHT = /Uncaught ([^\r\n]*)/;
const TIMEOUT_MS = 10_000;
/** Of what the device says, and of what it was asked, in a message. */
const SHOWN = 80;

const short = (text: string) => (text.length > SHOWN ? `${text.slice(0, SHOWN - 3)}...` : text);

export class EspruinoRepl {
  #heard = "";
  #wake: () => void = () => undefined;
  #gone: string | undefined;

  /** So long an answer may take. */
  constructor(
    readonly port: Port,
    readonly timeout_ms = TIMEOUT_MS,
  ) {
    const decoder = new TextDecoder("latin1");
    port.listen(
      (bytes) => {
        this.#heard += decoder.decode(bytes);
        this.#wake();
      },
      (reason) => {
        this.#gone ??= reason;
        this.#wake();
      },
    );
  }

  /** Stops what runs and ends a half-typed line. */
  interrupt(): void {
    this.#write(`${CTRL_C}\n`);
  }

  /**
   * The value of an expression on the device, after a statement that is run at its top level.
   * Throws DeviceError.
   */
  async ask(expression: string, statement = ""): Promise<unknown> {
    this.#heard = "";
    const tried = `try{return JSON.stringify({v:${expression}})}`;
    const caught = `(function(){${tried}catch(e){return JSON.stringify({e:""+e})}})()`;
    this.#write(`${ECHO_OFF}${statement}print("<tf"+"mb:"+${caught}+":tf"+"mb>")\n`);
    const { v, e } = this.#parsed(await this.#answer());
    if (e !== undefined) throw this.#error(`says ${short(e)}`);
    return v;
  }

  close(): Promise<void> {
    return this.port.close();
  }

  #write(text: string): void {
    this.port.write(new TextEncoder().encode(text));
  }

  #parsed(answer: string): { v?: unknown; e?: string } {
    try {
      return JSON.parse(answer) as { v?: unknown; e?: string };
    } catch {
      throw this.#error(`answers ${short(answer)}; does the line lose characters?`);
    }
  }

  /** What stands between the marks. */
  async #answer(): Promise<string> {
    const latest_ms = performance.now() + this.timeout_ms;
    for (;;) {
      const from = this.#heard.indexOf(OPEN);
      const to = this.#heard.indexOf(CLOSE, from);
      if (from >= 0 && to > from) return this.#heard.slice(from + OPEN.length, to);
      const thrown = UNCAUGHT.exec(this.#heard);
      if (thrown !== null) throw this.#error(`says ${short(thrown[1]!)}`);
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
