// Twin of a Cymbet CBC915 on its UART, after pages 9 to 11 of its data sheet. They contradict each
// other in the end of an answer, so the twin can speak either way. Not read, and therefore not
// answered: command 3's values, 4's, 6's and 7's answers, states beyond 3. Command 9 is taken to be
// answered when the measurement is done, and to leave others unanswered meanwhile.

export interface Cbc915Plant {
  /** Power at the transducer's best point, 0 to 99999. */
  power_uW: number;
  /** 1 MPPT, 2 capacitor charging, 3 EnerChip charging. */
  state: number;
  /** What command 5 answers; three digits are assumed. */
  soc: number;
}

const CR = "\r";
const LF = "\n";
/** As the examples have it, as the grammar of the answers has it, and the mixture of both. */
export const CLOSINGS = [CR + LF + ">0", LF + CR + "0", CR + LF + "0"];
const MEASURE_MS = 10000;

const padded = (value: number, digits: number): string => String(value).padStart(digits, "0");

export class Cbc915Twin {
  readonly plant: Cbc915Plant = { power_uW: 237, state: 3, soc: 50 };
  readonly faults = { silent: false, garbled: 0 };
  /** Hears the answers. */
  onReadable: (bytes: Uint8Array) => void = () => undefined;
  /** The measured power, which command 1 tells. */
  #measured_uW = 0;
  #text = "";
  #busy_ms = -Infinity;
  #now_ms = 0;

  constructor(
    readonly closing = CLOSINGS[0]!,
    readonly aca = false,
  ) {}

  /** Time passes. */
  pass(duration_ms: number): void {
    const before_ms = this.#now_ms;
    this.#now_ms += duration_ms;
    if (before_ms < this.#busy_ms && this.#now_ms >= this.#busy_ms) {
      this.#measured_uW = this.plant.power_uW;
      this.#answer(9, padded(this.#measured_uW, 5));
    }
  }

  /** Bytes on RXD: `#`, blank, a digit, cr. */
  write(bytes: Uint8Array): void {
    for (const byte of bytes) {
      const character = String.fromCharCode(byte);
      this.#text = character === "#" ? character : this.#text + character;
      const command = /^# ([0-9])\r$/.exec(this.#text)?.[1];
      if (command !== undefined) this.#execute(Number(command));
    }
  }

  #execute(command: number): void {
    if (this.#now_ms < this.#busy_ms) return;
    if (this.aca && [1, 2, 9].includes(command)) return;
    if (command === 1) this.#answer(1, padded(this.#measured_uW || this.plant.power_uW, 5));
    if (command === 2) this.#answer(2, padded(this.plant.state, 2));
    if (command === 5) this.#answer(5, padded(this.plant.soc, 3));
    if (command === 8) this.#answer(8, "99");
    if (command === 9) this.#busy_ms = this.#now_ms + MEASURE_MS;
  }

  #answer(command: number, value: string): void {
    if (this.faults.silent) return;
    let text = `@${command},${value}${this.closing}`;
    if (this.faults.garbled > 0) {
      this.faults.garbled--;
      text = text.replace(",", ";");
    }
    this.onReadable(Uint8Array.from(text, (character) => character.charCodeAt(0)));
  }
}
