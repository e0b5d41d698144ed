// A core behind a wire: each call is a request and its answer; what the core wants stored is done
// here, on the rig's storage, so that a fault of it reaches every device.

import { type StoragePort } from "../../core/core.js";
import {
  askBoot,
  askCut,
  askHello,
  askStep,
  askStored,
  checkHello,
  readAnswer,
  type Answer,
  type Wire,
} from "../wire/message.js";
import { DeviceError, execute, type Device, type DeviceMaker, type Reply } from "./device.js";
import { type Start } from "./device.js";

/** A start reads every slot of a flash journal; more operations than this are a core gone wild. */
const OPERATIONS_MAX = 2048;

class LinkedDevice implements Device {
  constructor(
    readonly name: string,
    readonly time: Device["time"],
    readonly wire: Wire,
    readonly storage: StoragePort,
  ) {}

  boot(start: Start): Promise<Reply> {
    return this.#served(askBoot(start));
  }

  step(sample: Uint8Array): Promise<Reply> {
    return this.#served(askStep(sample));
  }

  async cut(retained: "kept" | "lost"): Promise<void> {
    await this.wire.call(askCut(retained));
  }

  close(): Promise<void> {
    return this.wire.close();
  }

  async #served(request: Uint8Array): Promise<Reply> {
    let answer = await this.#ask(request);
    const { status } = answer;
    let records = 0;
    for (let count = 0; answer.operation !== undefined; count++) {
      if (count === OPERATIONS_MAX) {
        throw new DeviceError(`${this.name} asks for storage without end; is its core damaged?`);
      }
      const { operation } = answer;
      const success = execute(this.storage, operation);
      if (success && operation.op === "program") records++;
      const read = operation.op === "read" ? operation.bytes : undefined;
      answer = await this.#ask(askStored(success, read));
    }
    const { decision, gauge } = answer;
    return { status, decision, gauge, records: records + answer.records };
  }

  async #ask(request: Uint8Array): Promise<Answer> {
    return readAnswer(this.name, await this.wire.call(request));
  }
}

/** A device over a wire, which must have been built from the same layout table. */
export function linkedDevice(
  name: string,
  time: Device["time"],
  connect: () => Promise<Wire>,
): DeviceMaker {
  return async ({ storage }) => {
    const wire = await connect();
    try {
      checkHello(name, await wire.call(askHello()));
    } catch (error) {
      await wire.close();
      throw error;
    }
    return new LinkedDevice(name, time, wire, storage);
  };
}
