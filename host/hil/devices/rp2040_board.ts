// The rig's board with an emulated RP2040: the chip (npm rp2040js), the image in its flash, the
// twins on its pins and buses (boards/images/rp2040/pins.h), and its time. Power can be cut between
// any two instructions.

import { GPIOPinState } from "rp2040js";
import { type StoragePort } from "../../core/core.js";
import { Aem13920Twin } from "../twins/aem13920.js";
import { I2cBus } from "../twins/i2c_bus.js";
import { Meter } from "../twins/meter.js";
import { I2cFram } from "../twins/storage_fram.js";
import { FrameReader, type Frame } from "../wire/frame.js";
import { PowerFailure } from "./device.js";
import { PowerOnState } from "./power_on_state.js";
import { Rp2040Chip } from "./rp2040_chip.js";

const PROFILE_IN_FLASH = 0x100000;
const PIN = { load: 6, sourceLow: 7, sourceHigh: 8, writeProtect: 9 };
const ADC = { cell: 0, sensor: 1, source: 2 };
/** Depth of the UART's FIFO. */
const FIFO_BYTES = 32;
/** Of the emulator's 125 MHz. */
const CYCLE_NS = 8;
/** Instructions between two looks at the clock. */
const BATCH = 64;
/** No wake takes this many. */
const ENDLESS = 100_000_000;

/** What the emulator's own clock can do beyond what its type tells. */
interface SteeredClock {
  nanos: number;
  nanosToNextAlarm: number;
  tick(nanos: number): void;
}

/** Counts at the inputs of the ADC. */
export interface AnalogInputs {
  cell: number;
  cellUnderLoad: number;
  sensor: number;
  sources: number[];
}

export class Rp2040Board {
  readonly charger = new Aem13920Twin();
  readonly meter = new Meter();
  readonly analog: AnalogInputs = { cell: 0, cellUnderLoad: 0, sensor: 0, sources: [] };
  /** Instructions executed since the board was made, and after how many of them power fails. */
  instructions = 0;
  failsAt = Infinity;
  /** Frames of the image that nobody took yet. */
  readonly frames: Frame[] = [];
  readonly #chip: Rp2040Chip;
  readonly #bus: I2cBus;
  readonly #powerOn: PowerOnState;
  #reader = new FrameReader();
  #toSend: number[] = [];

  constructor(image: Uint8Array, storage: StoragePort) {
    const chip = new Rp2040Chip(image);
    this.#chip = chip;
    chip.uart[0]!.onByte = (byte) => {
      this.frames.push(...this.#reader.push(Uint8Array.of(byte)));
    };
    chip.adc.onADCRead = (channel) => chip.adc.completeADCRead(this.#count(channel), false);
    const fram = new I2cFram(storage, () => this.#level(PIN.writeProtect));
    this.#bus = new I2cBus(chip.i2c[0]!, [this.charger, this.meter, fram]);
    chip.onBreak = (code) => {
      throw new Error(`${chip.core.PC.toString(16)}: the image stopped, breakpoint ${code}`);
    };
    this.#powerOn = new PowerOnState(chip);
  }

  /** All RAM, as it is. */
  get ram(): Uint8Array {
    return this.#chip.sram;
  }

  /** Nanoseconds of the chip's clock. */
  get time_ns(): number {
    return this.#clock.nanos;
  }

  setProfile(profile: Uint8Array): void {
    this.#chip.flash.set(profile, PROFILE_IN_FLASH);
  }

  send(bytes: Uint8Array): void {
    this.#toSend.push(...bytes);
  }

  /** Power is cut and comes back: the chip starts from its vectors, RAM as `spoil` leaves it. */
  cut(spoil?: (ram: Uint8Array) => void): void {
    this.#bus.cut();
    this.#powerOn.restore();
    spoil?.(this.#chip.sram);
    this.#reader = new FrameReader();
    this.#toSend = [];
    this.frames.length = 0;
    this.failsAt = Infinity;
  }

  /** Runs until the chip sleeps with nothing to do for it. */
  run(): void {
    const { core } = this.#chip;
    const end = this.instructions + ENDLESS;
    while (!core.waiting || this.#feed()) {
      const most = Math.min(BATCH, this.failsAt - this.instructions);
      let cycles = 0;
      let done = 0;
      for (; done < most && !core.waiting; done++) cycles += core.executeInstruction();
      this.instructions += done;
      this.#clock.tick(cycles * CYCLE_NS);
      if (this.instructions >= this.failsAt) this.#fail();
      if (this.instructions > end) throw new Error(`no rest after ${ENDLESS} instructions`);
    }
  }

  /** Lets time pass until `time_ns`; the chip runs when its timer wakes it. */
  passUntil(time_ns: number): void {
    const clock = this.#clock;
    while (clock.nanos < time_ns) {
      const next_ns = clock.nanosToNextAlarm;
      const left_ns = time_ns - clock.nanos;
      clock.tick(next_ns > 0 ? Math.min(next_ns, left_ns) : left_ns);
      this.run();
    }
  }

  #fail(): never {
    this.failsAt = Infinity;
    throw new PowerFailure(`power failed after ${this.instructions} instructions`);
  }

  get #clock(): SteeredClock {
    return this.#chip.clock as unknown as SteeredClock;
  }

  /** Hands waiting bytes to a chip that sleeps; false: there are none. */
  #feed(): boolean {
    if (this.#toSend.length === 0) return false;
    for (const byte of this.#toSend.splice(0, FIFO_BYTES)) this.#chip.uart[0]!.feedByte(byte);
    return !this.#chip.core.waiting;
  }

  #level(pin: number): boolean {
    return this.#chip.gpio[pin]!.value === GPIOPinState.High;
  }

  #count(channel: number): number {
    const { analog } = this;
    if (channel === ADC.cell) return this.#level(PIN.load) ? analog.cellUnderLoad : analog.cell;
    if (channel === ADC.sensor) return analog.sensor;
    const source = (this.#level(PIN.sourceLow) ? 1 : 0) + (this.#level(PIN.sourceHigh) ? 2 : 0);
    return channel === ADC.source ? (analog.sources[source] ?? 0) : 0;
  }
}
