// The console of Espruino: one expression after another, each answer between marks, so that neither
// echo nor prompt matters. Character 16 at the start of a line turns its echo off, 3 is Ctrl-C.

import { type Duplex } from "node:stream";
import { UsageError } from "../commands/usage.js";

const ECHO_OFF = "\x10";
const CTRL_C = "\x03";
/** Not as they stand in the line that is sent: what is echoed is no answer. */
const [OPEN, CLOSE] = ["<tfmb:", ":tfmb>"] as const;

export class Repl {
  #heard = "";
  #wake: () => void = () => undefined;

  constructor(
    readonly link: Duplex,
    readonly timeout_ms = 5000,
  ) {
    link.on("data", (bytes: Buffer) => {
      this.#heard += bytes.toString("latin1");
      this.#wake();
    });
    link.on("close", () => this.#wake());
  }

  /** Stops what runs and ends a half-typed line. */
  interrupt(): void {
    this.link.write(`${CTRL_C}\n`);
  }

  /** The value of a JavaScript expression on the device. Throws UsageError. */
  async ask(expression: string): Promise<unknown> {
    this.#heard = "";
    const tried = `try{return JSON.stringify({v:${expression}})}`;
    const caught = `(function(){${tried}catch(e){return JSON.stringify({e:""+e})}})()`;
    this.link.write(`${ECHO_OFF}print("<tf"+"mb:"+${caught}+":tf"+"mb>")\n`);
    const answer = JSON.parse(await this.#answer(expression)) as { v?: unknown; e?: string };
    if (answer.e !== undefined) {
      throw new UsageError(`the device refused ${short(expression)}: ${answer.e}`);
    }
    return answer.v;
  }

  async #answer(expression: string): Promise<string> {
    const until = Date.now() + this.timeout_ms;
    for (;;) {
      const from = this.#heard.indexOf(OPEN);
      const to = this.#heard.indexOf(CLOSE, from);
      if (from >= 0 && to > from) return this.#heard.slice(from + OPEN.length, to);
      const left_ms = until - Date.now();
      if (left_ms <= 0 || this.link.destroyed) {
        const why = this.link.destroyed ? "the line was closed" : `${this.timeout_ms} ms are over`;
        throw new UsageError(`no answer to ${short(expression)}: ${why}; is Espruino at its end?`);
      }
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, left_ms);
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }
}

const short = (text: string) => (text.length > 40 ? `${text.slice(0, 37)}...` : text);
