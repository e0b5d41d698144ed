// Types: what the module uses of Espruino (2v25 and later), what it takes in `connect`, and what
// the build fills in (tools/build/espruino.ts). No code.

import { type AREAS, type CoreExports } from "../core/abi.js";
import { type Battery } from "./battery.js";

/** D28, A0 ... */
export type Pin = number | { readonly write: (value: number) => void };

export type NativeFunction = (...args: number[]) => number;

export interface EspruinoE {
  nativeCall(address: number, signature: string): NativeFunction;
  /** With `flat`: where the bytes of a string or buffer lie; 0 where they are not in one piece. */
  getAddressOf(of: unknown, flat: boolean): number;
  getAnalogVRef(): number;
  getTemperature: () => number;
  setComparator(pin: Pin, level: number | undefined): void;
  on(event: "comparator", listener: () => void): void;
  removeListener(event: "comparator", listener: () => void): void;
}

export interface EspruinoNRF {
  setAdvertising(data: Record<number, number[]>, options: Record<string, unknown>): void;
  sleep: () => void;
  wake(): void;
}

export interface EspruinoFlash {
  read(length: number, address: number): Uint8Array;
  write(data: Uint8Array, address: number): void;
  erasePage(address: number): void;
  getPage(address: number): { addr: number; length: number } | undefined;
}

export interface EspruinoStorage {
  read(name: string): string | undefined;
  write(name: string, data: string, offset: number, size: number): boolean;
}

export interface EspruinoI2C {
  writeTo(address: number, ...data: (number[] | Uint8Array)[]): void;
  readFrom(address: number, length: number): Uint8Array;
}

export interface EspruinoSPI {
  /** Sends while `select` is low; returns as many bytes. */
  send(data: Uint8Array, select: Pin): Uint8Array;
}

/** Where journal records live. A method that throws says that it failed. */
export interface Journal {
  read(at: number, into: Uint8Array): void;
  program(at: number, bytes: Uint8Array): void;
  erase(at: number, length: number): void;
}

export interface Pins {
  /** Analog: the pack behind the divider. */
  voltage: Pin;
  /** Connects the divider while it is read, active high. */
  gate?: Pin;
  /** Charging on (1) and off (0). */
  charge?: Pin;
  /** Any change wakes: a harvester's "power good". */
  good?: Pin;
  /** Analog: crossing `options.level` wakes. */
  comparator?: Pin;
}

export interface Options {
  /** Voltage of the pack over voltage of the pin. */
  divider: number;
  /** Where the core and the profile lie in flash; left out: the files tfmb.bin and tfmb.pro. */
  core?: number;
  profile?: number;
  journal?: Journal;
  /** degC; left out: of the chip. */
  temperature?: () => number;
  harvest?: () => { mean_nA: number; now_nA: number };
  /** `pmic` bits of docs/FORMAT.md. */
  pmic?: () => number;
  /** Advertises SOC as events of a load class, at most `count` at a time, `interval_ms` apart. */
  radio?: { kind: number; count: number; interval_ms: number };
  /** Of the comparator: share of the supply, in sixteenths. */
  level?: number;
  /** The application's own work, after each step; what it did it tells by did() and active(). */
  onwake?: (battery: Battery) => void;
}

/** `AT.sample.time_ms` is a number in the emitted file: the field's address in linear memory. */
export type Places = {
  [A in keyof typeof AREAS]: { [F in keyof (typeof AREAS)[A]["fields"]]: number };
};

/** The blob that the module is built with: its head, and where its exports begin. */
export interface BlobFacts {
  bytes: number;
  crc: number;
  data_at: number;
  bank_at: number;
  hypothesis_bytes: number;
  entry: Record<Exclude<keyof CoreExports, "memory">, number>;
}
