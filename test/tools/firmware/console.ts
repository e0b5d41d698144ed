// An Espruino's console as far as flashing needs it: the fake one of the rig's tests, with a
// Storage that keeps files. It is our own reading of Espruino's documentation, not Espruino.

import { crc32 } from "node:zlib";
import { fakeEspruino } from "../../host/hil/devices/fake_espruino.js";

export interface Faults {
  free?: number;
  /** Bytes of this file arrive changed. */
  corrupt?: string;
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
export async function startConsole(board: string, faults: Faults = {}) {
  const files = new Map<string, Buffer>();
  const storage = storageOf(files, faults);
  const globals = {
    process: { env: { BOARD: board } },
    require: () => storage,
    E: { CRC32: (text: string) => crc32(Buffer.from(text, "latin1")) },
  };
  const { address, server } = await fakeEspruino({ globals });
  return { address, files, close: () => void server.close() };
}
