// Numbers for readers: names with units taken apart, thousands grouped, digits that mean something.

const PLAIN_UNITS = "s ms h nA mA mV V lx mW nAh mAh mJ J B K pC".split(" ");

/** Units a name of run.json may end in, and how they are printed. */
const UNITS: Record<string, string> = {
  ...Object.fromEntries(PLAIN_UNITS.map((unit) => [unit, unit])),
  us: "\u00b5s",
  uA: "\u00b5A",
  uW: "\u00b5W",
  uJ: "\u00b5J",
  uAh: "\u00b5Ah",
  degC: "\u00b0C",
  ohm: "\u2126",
  perc: "%",
};

/** `conversion_loss_mJ` is "conversion loss" in "mJ"; a name without a unit has the unit "". */
export function nameAndUnit(key: string): { name: string; unit: string } {
  const words = key.split("_");
  const last = words.at(-1) ?? "";
  const unit = words.length > 1 && Object.hasOwn(UNITS, last) ? UNITS[last]! : "";
  if (unit !== "") words.pop();
  return { name: words.join(" "), unit };
}

const NARROW_SPACE = "\u202f";
const MINUS = "\u2212";

/** With `decimals` places, thousands grouped, a real minus; a dash for what is not a number. */
export function fixed(value: number, decimals: number): string {
  if (!Number.isFinite(value)) return "\u2013";
  if (Math.abs(value) >= 1e15) return value.toExponential(3);
  const [whole = "", part] = Math.abs(value).toFixed(decimals).split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, NARROW_SPACE);
  const text = part === undefined ? grouped : `${grouped}.${part}`;
  return value < 0 && /[1-9]/.test(text) ? MINUS + text : text;
}

/** With about `digits` significant digits, without zeros behind them. */
export function significant(value: number, digits = 4): string {
  if (!Number.isFinite(value) || value === 0) return fixed(value, 0);
  const decimals = digits - 1 - Math.floor(Math.log10(Math.abs(value)));
  const text = fixed(value, Math.min(9, Math.max(0, decimals)));
  return text.replace(/(\.\d*?)0+$/, "$1").replace(/\.$/, "");
}

/** A fraction in percent. */
export const percent = (share: number, decimals = 1): string =>
  Number.isFinite(share) ? `${fixed(100 * share, decimals)}${NARROW_SPACE}%` : fixed(share, 0);

/** How all energies of one picture are printed: in the unit of the largest. */
export interface EnergyUnit {
  unit: "mJ" | "J";
  /** To the mJ or uJ, with the unit. */
  text: (energy_mJ: number) => string;
  /** To four digits, with the unit. */
  brief: (energy_mJ: number) => string;
}

const J_FROM_MJ = 1000;

export function energyUnit(energies_mJ: readonly number[]): EnergyUnit {
  const finite = energies_mJ.filter(Number.isFinite).map(Math.abs);
  const inJ = Math.max(0, ...finite) >= J_FROM_MJ;
  const unit = inJ ? "J" : "mJ";
  const value = (energy_mJ: number) => (inJ ? energy_mJ / J_FROM_MJ : energy_mJ);
  const text = (energy_mJ: number) => `${fixed(value(energy_mJ), 3)}${NARROW_SPACE}${unit}`;
  const brief = (energy_mJ: number) => `${significant(value(energy_mJ))}${NARROW_SPACE}${unit}`;
  return { unit, text, brief };
}
