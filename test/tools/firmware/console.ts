// An Espruino's console over TCP, as far as flashing needs it: lines are run in a context of their
// own, Storage keeps files, what is sent is echoed unless the line begins with character 16. It is
// our own reading of Espruino's documentation, not Espruino.

import { createServer, type Server, type Socket } from "node:net";
import { runInNewContext } from "node:vm";
import { crc32 } from "node:zlib";

export interface Console {
  port: number;
  files: Map<string, Buffer>;
  close(): Promise<void>;
}

export interface Faults {
  free?: number;
  /** Bytes of this file arrive changed. */
  corrupt?: string;
  mute?: boolean;
}

function storageOf(files: Map<string, Buffer>, { free = 100_000, corrupt }: Faults) {
  return {
    getFree: () => free,
    erase: (name: string) => void files.delete(name),
    read: (name: string) => files.get(name)?.toString("latin1"),
    write(name: string, data: string, offset: number, size: number) {
      const file = files.get(name) ?? Buffer.alloc(size, 0xff);
      file.write(data, offset, "latin1");
      if (name === corrupt && offset === 0) file[0]! ^= 1;
      files.set(name, file);
      return true;
    },
  };
}

/** Starts it on a free port. */
export function startConsole(board: string, faults: Faults = {}): Promise<Console> {
  const files = new Map<string, Buffer>();
  const storage = storageOf(files, faults);
  const sockets: Socket[] = [];
  const run = (socket: Socket, line: string) => {
    if (faults.mute === true || line.replaceAll("\x03", "").trim() === "") return;
    const quiet = line.startsWith("\x10");
    if (!quiet) socket.write(line);
    const context = {
      process: { env: { BOARD: board } },
      require: () => storage,
      atob: (text: string) => Buffer.from(text, "base64").toString("latin1"),
      E: { CRC32: (text: string) => crc32(Buffer.from(text, "latin1")) },
      print: (text: string) => socket.write(`${text}\r\n>`),
    };
    runInNewContext(quiet ? line.slice(1) : line, context);
  };
  const server: Server = createServer((socket) => {
    sockets.push(socket);
    let rest = "";
    socket.on("data", (bytes) => {
      const lines = (rest + bytes.toString("latin1")).split("\n");
      rest = lines.pop()!;
      for (const line of lines) run(socket, line);
    });
  });
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as { port: number };
      const close = () =>
        new Promise<void>((closed) => {
          sockets.forEach((socket) => socket.destroy());
          server.close(() => closed());
        });
      resolve({ port, files, close });
    });
  });
}
