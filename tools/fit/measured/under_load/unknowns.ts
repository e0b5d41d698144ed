// The unknowns of the fit under load in one vector, and what is known of them without any file:
// usual values with wide sigmas, and that neighbours on the SOC axis are alike. Usual values are
// those of lithium cells with liquid electrolyte; a file with any drop in it outweighs them.

import { type Unknown } from "../../least_squares.js";
import { ELEMENT_SOC, type Element, type Elements } from "./elements.js";

/** Some unknowns of one kind. */
interface Block {
  start: number[];
  /** How far from the start each may be, one sigma. */
  sigma: number;
  /** SOC of each, and one sigma of the difference between two that are a quarter of SOC apart. */
  soc?: readonly number[];
  walk?: number;
  /** Not in the vector: no file can tell it. */
  held?: boolean;
}

/** SOC of the correction that all OCV tables share; none at the ends. */
export const COMMON_SOC = [0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.97] as const;

/** Usual drops at 1C, mV, and leads, s; and how far from that a cell may be (ln). */
const USUAL = { ohmic: 50, kinetic: 33, slow: 28, lead: 60 };
const USUAL_KK = { ohmic: 1.5, kinetic: 3, slow: 2, lead: 2 };
const LN_SIGMA = { ohmic: 1.5, kinetic: 1.5, slow: 1, lead: 2 };
const LN_WALK = 0.8;
const KK_SIGMA = 1.5;
const KK_WALK = 1;
const BEND_SIGMA = 0.5;
/** Butler and Volmer: 2 R T / F is 51 mV; porous electrodes have about twice that. */
const KINETIC_MV = 100;
const KINETIC_SIGMA = 0.4;
const SLOW_TAU_S = 30;
const LEAD_TAU_S = 200;
/** A cell of 3 Ah: 0.8 K/W. */
const HEATING_K = 0.0022;
/** Where counters begin and what instruments are off by, mV, and by how much counters differ. */
const OFFSET_SIGMA_MV = 4;
const STRETCH_SIGMA = 0.015;
/** What a discharge at C/20 is not yet, mV. */
const COMMON_SIGMA_MV = 4;
const COMMON_WALK_MV = 20;
/** Of a sigma: the step of a difference quotient. */
const STEP = 1e-3;

/** What the vector means. */
export interface Values {
  elements: Elements;
  /** Of each slow discharge: voltage, and charge. */
  offset_mV: readonly number[];
  stretch: readonly number[];
  /** At COMMON_SOC. */
  common_mV: readonly number[];
}

const fill = (soc: readonly number[], value: number) => soc.map(() => value);
const scalar = (start: number, sigma: number, held = false): Block => ({
  ...{ start: [start], sigma, held },
});

/**
 * `seen`: whether a slow discharge's temperature was seen under load; else its own errors are not
 * told apart from anything. Of files at one temperature activations stay: `activation_kK` of
 * resistances where it is told.
 */
function blocksOf(seen: readonly boolean[], activation_kK: number | undefined) {
  const held = activation_kK !== undefined;
  const ln = (kind: keyof typeof USUAL): Block => ({
    start: fill(ELEMENT_SOC, Math.log(USUAL[kind])),
    ...{ sigma: LN_SIGMA[kind], soc: ELEMENT_SOC, walk: LN_WALK },
  });
  const kK = (kind: keyof typeof USUAL): Block => ({
    start: fill([0, 1], kind === "lead" ? USUAL_KK.lead : (activation_kK ?? USUAL_KK[kind])),
    ...{ sigma: KK_SIGMA, soc: [0, 1], walk: KK_WALK, held },
  });
  return {
    ...{ ohmic_ln: ln("ohmic"), ohmic_kK: kK("ohmic"), ohmic_bend: scalar(0, BEND_SIGMA, held) },
    ...{ kinetic_ln: ln("kinetic"), kinetic_kK: kK("kinetic") },
    ...{ kinetic_bend: scalar(0, BEND_SIGMA, held), slow_ln: ln("slow"), slow_kK: kK("slow") },
    ...{ lead_ln: ln("lead"), lead_kK: kK("lead") },
    kinetic_mV_ln: scalar(Math.log(KINETIC_MV), KINETIC_SIGMA),
    slow_tau_ln: scalar(Math.log(SLOW_TAU_S), 1),
    slow_tau_kK: scalar(0, 1, held),
    lead_tau_ln: scalar(Math.log(LEAD_TAU_S), 1),
    lead_tau_kK: scalar(1, KK_SIGMA, held),
    heating_ln: scalar(Math.log(HEATING_K), 0.7),
    offsets_mV: seen.map((is) => scalar(0, OFFSET_SIGMA_MV, !is)),
    stretches: seen.map((is) => scalar(0, STRETCH_SIGMA, !is)),
    common_mV: {
      ...{ start: fill(COMMON_SOC, 0), sigma: COMMON_SIGMA_MV },
      ...{ soc: COMMON_SOC, walk: COMMON_WALK_MV },
    } as Block,
  };
}

type Blocks = ReturnType<typeof blocksOf>;

export class Unknowns {
  readonly #blocks: Blocks;
  readonly #free: Block[];

  /** For slow discharges `seen` under load; `activation_kK` is given where no file tells it. */
  constructor(seen: readonly boolean[], activation_kK: number | undefined) {
    this.#blocks = blocksOf(seen, activation_kK);
    this.#free = Object.values(this.#blocks)
      .flat()
      .filter(({ held }) => !held);
  }

  /** For the solver. */
  get list(): Unknown[] {
    return this.#free.flatMap(({ start, sigma }) =>
      start.map((value) => ({ start: value, step: STEP * sigma })),
    );
  }

  /** What the vector means. */
  read(vector: readonly number[]): Values {
    const parts = new Map<Block, readonly number[]>();
    let at = 0;
    for (const block of this.#free) {
      parts.set(block, vector.slice(at, at + block.start.length));
      at += block.start.length;
    }
    const blocks = this.#blocks;
    const of = (block: Block) => parts.get(block) ?? block.start;
    const one = (block: Block) => of(block)[0]!;
    const element = (ln: Block, kK: Block, bend?: Block): Element => {
      return { ln: of(ln), kK: of(kK), bend_kK2: bend === undefined ? 0 : one(bend) };
    };
    return {
      elements: {
        ohmic: element(blocks.ohmic_ln, blocks.ohmic_kK, blocks.ohmic_bend),
        kinetic: element(blocks.kinetic_ln, blocks.kinetic_kK, blocks.kinetic_bend),
        slow: element(blocks.slow_ln, blocks.slow_kK),
        lead: element(blocks.lead_ln, blocks.lead_kK),
        kinetic_mV: Math.exp(one(blocks.kinetic_mV_ln)),
        slow_tau_s: Math.exp(one(blocks.slow_tau_ln)),
        slow_tau_kK: one(blocks.slow_tau_kK),
        lead_tau_s: Math.exp(one(blocks.lead_tau_ln)),
        lead_tau_kK: one(blocks.lead_tau_kK),
        heating_K: Math.exp(one(blocks.heating_ln)),
      },
      offset_mV: blocks.offsets_mV.map(one),
      stretch: blocks.stretches.map(one),
      common_mV: of(blocks.common_mV),
    };
  }

  /** What is known without the rows, as residuals in sigmas. */
  priors(vector: readonly number[]): number[] {
    let at = 0;
    return this.#free.flatMap(({ start, sigma, soc, walk }) => {
      const own = vector.slice(at, at + start.length);
      at += start.length;
      const stays = own.map((value, i) => (value - start[i]!) / sigma);
      if (soc === undefined || walk === undefined) return stays;
      const steps = own.slice(1).map((value, i) => {
        return (value - own[i]!) / (walk * Math.sqrt((soc[i + 1]! - soc[i]!) / 0.25));
      });
      return [...stays, ...steps];
    });
  }
}
