// The core in this process, asked as a device of the rig is: what every other device must equal.

import { readFileSync } from "node:fs";
import { AREAS } from "../../../../host/core/abi.js";
import { Core, type StoragePort } from "../../../../host/core/core.js";
import { type Start } from "../../../../host/hil/devices/device.js";
import { type ImageReply } from "../../../../host/hil/wire/image_frame.js";
import { buildPath } from "../../../../tools/build/paths.js";

const module = new WebAssembly.Module(new Uint8Array(readFileSync(buildPath("core.wasm"))));

const newCore = () => new Core(new WebAssembly.Instance(module).exports);

export class Reference {
  core = newCore();

  constructor(readonly storage: StoragePort) {}

  /** All of linear memory. */
  get memory(): Uint8Array {
    return new Uint8Array((this.core.exports.memory as WebAssembly.Memory).buffer);
  }

  /** A new core starts, with this vital area in retained RAM, if any. */
  boot(start: Start, retained?: Uint8Array): ImageReply {
    this.core = newCore();
    if (retained) this.memory.set(retained, AREAS.vital.at);
    this.core.loadProfile(start.profile);
    return this.#reply(this.core.boot(start.reason, start.off_s, start.time_ms));
  }

  step(sample: Uint8Array): ImageReply {
    this.memory.set(sample, AREAS.sample.at);
    return this.#reply(this.core.step());
  }

  #reply(status: number): ImageReply {
    let records = 0;
    const { storage } = this;
    this.core.serveStorage({
      read: (address, into) => storage.read(address, into),
      program: (address, bytes) => {
        storage.program(address, bytes);
        records++;
      },
      erase: (address, length) => storage.erase(address, length),
    });
    const area = ({ at, size }: { at: number; size: number }) => this.memory.slice(at, at + size);
    return {
      status: status >>> 0,
      records,
      decision: area(AREAS.decision),
      gauge: area(AREAS.gauge),
      vital: area(AREAS.vital),
    };
  }
}
