// Runs an image that talks by semihosting in an emulated RP2040: `rp2040_session.ts IMAGE VECTOR`.
// The file that the image opens, whatever its name, is the vector. Operation numbers: Arm
// "Semihosting for AArch32 and AArch64", section 7.

import { readFileSync } from "node:fs";
import { Rp2040Chip } from "../../host/hil/devices/rp2040_chip.js";

const RAM_AT = 0x20000000;
const OPEN = 0x01;
const WRITE = 0x04;
const READ = 0x06;
const SEEK = 0x0a;
const EXIT = 0x18;
const APPLICATION_EXIT = 0x20026;
const HANDLE = 1;

/** Executes until the image ends; returns the exit code. */
function run(image: Uint8Array, file: Uint8Array): number {
  const chip = new Rp2040Chip(image);
  const { registers } = chip.core;
  let position = 0;
  let code: number | undefined;

  const argument = (index: number) => chip.readUint32(registers[1]! + 4 * index);
  const write = () => {
    const from = registers[1]! - RAM_AT;
    process.stdout.write(Buffer.from(chip.sram.subarray(from, chip.sram.indexOf(0, from))));
    return 0;
  };
  const read = () => {
    const wanted = argument(2);
    const bytes = file.subarray(position, position + wanted);
    chip.sram.set(bytes, argument(1) - RAM_AT);
    position += bytes.length;
    return wanted - bytes.length;
  };
  const seek = () => {
    position = argument(1);
    return 0;
  };
  const exit = () => {
    code = registers[1] === APPLICATION_EXIT ? 0 : 1;
    return 0;
  };
  const operations: Record<number, () => number> = {
    [OPEN]: () => HANDLE,
    [WRITE]: write,
    [READ]: read,
    [SEEK]: seek,
    [EXIT]: exit,
  };
  chip.onBreak = () => {
    const operation = operations[registers[0]!];
    if (!operation) throw new Error(`semihosting operation ${registers[0]} is not known`);
    registers[0] = operation();
  };
  while (code === undefined) chip.core.executeInstruction();
  return code;
}

const [image, vector] = process.argv.slice(2);
process.exitCode = run(readFileSync(image!), readFileSync(vector!));
