// A peer that behaves as Espruino's documentation says of its console: echo, prompt, character 16
// (no echo), Ctrl-C, "Uncaught". Of this project's own making: it shows that drivers are
// consistent, not that a board would agree. Lines run without what Espruino lacks, and answers come
// in pieces.

import { createServer, type Server, type Socket } from "node:net";
import { createContext, runInContext } from "node:vm";

const PIECE = 7;
const DLE = "\x10";
const ETX = "\x03";

export interface FakeOptions {
  /** What its lines find beside print, atob and btoa. */
  globals?: object;
  /** It hears, and says nothing. */
  mute?: boolean;
}

function newContext(print: (text: string) => void, globals: object): object {
  const context = createContext({ print, atob, btoa, ...globals });
  const missing = ["fround", "imul", "clz32", "trunc"].map((name) => `delete Math.${name};`);
  runInContext(missing.join(""), context);
  return context;
}

class Session {
  #line = "";
  readonly #context: object;

  constructor(
    readonly socket: Socket,
    { globals = {}, mute = false }: FakeOptions,
  ) {
    this.#context = newContext((text) => this.#say(`${text}\r\n`), globals);
    socket.on("data", (bytes: Buffer) => {
      if (mute) return;
      for (const letter of bytes.toString("latin1")) this.#take(letter);
    });
    socket.on("error", () => undefined);
  }

  #say(text: string): void {
    for (let at = 0; at < text.length; at += PIECE) {
      this.socket.write(Buffer.from(text.slice(at, at + PIECE), "latin1"));
    }
  }

  #take(letter: string): void {
    if (letter === ETX) {
      this.#line = "";
      return;
    }
    const quiet = this.#line.startsWith(DLE) || (this.#line === "" && letter === DLE);
    if (!quiet) this.#say(letter);
    if (letter !== "\n") {
      this.#line += letter;
      return;
    }
    const code = this.#line.replace(DLE, "");
    this.#line = "";
    try {
      const value: unknown = runInContext(code, this.#context);
      if (!quiet) this.#say(`=${String(value)}\r\n>`);
    } catch (error) {
      this.#say(`Uncaught ${String(error)}\r\n at line 1 col 1\r\n`);
    }
  }
}

/** Listens on a port of its own; `address` is what a driver connects to. */
export function fakeEspruino(
  options: FakeOptions = {},
): Promise<{ address: string; server: Server }> {
  const server = createServer((socket) => void new Session(socket, options));
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as { port: number };
      resolve({ address: `127.0.0.1:${port}`, server });
    });
  });
}
