// Hostile runs: sequences of calls in any order with any bits in every input, against one instance
// of the core. A run is replayed from its seed alone.

import { AREAS_END, Reason, Status } from "../../host/core/abi.js";
import { Random } from "../../tools/vectors/random.js";
import { HostileChecks } from "./hostile_checks.js";
import { anyProfile, anyWord, flipRetained, readBack, writeSample } from "./hostile_inputs.js";
import { type Build, NodeUnderTest } from "./node_under_test.js";

export interface HostileResult {
  runs: number;
  failed: number;
  /** Seed, what was wrong, and the calls that led there. */
  firstFailure?: string;
}

/** storage.op. */
const [READ, PROGRAM, ERASE] = [1, 2, 3];

/** One node under attack. */
class Attack {
  readonly #node: NodeUnderTest;
  readonly #checks: HostileChecks;
  #random = new Random(1);
  /** How often a measured value is anything at all. */
  #wild = 0;
  /** What the journal's storage holds, by address. */
  readonly #slots = new Map<number, Uint8Array>();
  readonly calls: string[] = [];

  constructor(build: Build) {
    this.#node = new NodeUnderTest(build);
    this.#checks = new HostileChecks(this.#node);
  }

  /** One run; returns what was wrong, undefined when nothing was. */
  run(seed: number): string | undefined {
    this.#random = new Random(seed);
    this.#wild = this.#random.pick([0.02, 0.2, 0.6]);
    this.calls.length = 0;
    this.#slots.clear();
    new Uint8Array(this.#node.core.memory.buffer).fill(0, 0, AREAS_END);
    try {
      return this.#go();
    } catch (error) {
      return `${String(error)} in ${this.calls.at(-1)}`;
    }
  }

  /** Brings the node to run, so that there is something to spoil. */
  #begin(): string | undefined {
    for (let left = 5; left > 0 && !this.#checks.running; left--) {
      const wrong = this.#load() ?? this.#boot(Reason.cold) ?? this.#serve();
      if (wrong !== undefined) return wrong;
    }
    return undefined;
  }

  #go(): string | undefined {
    const random = this.#random;
    for (let left = 3 + random.below(12); left > 0; left--) {
      const lost = !this.#checks.running && random.chance(0.7);
      const wrong = lost ? this.#begin() : random.chance(0.75) ? this.#step() : this.#other();
      if (wrong !== undefined) return wrong;
    }
    return undefined;
  }

  #other(): string | undefined {
    const kind = this.#random.below(8);
    if (kind === 0) return this.#load();
    if (kind === 1) return this.#boot(this.#random.below(3)) ?? this.#serve();
    if (kind === 2) return this.#boot(anyWord(this.#random));
    if (kind === 3) return this.#acknowledge();
    if (kind < 6) return this.#serve();
    return this.#query();
  }

  /** Calls, and checks the answer and the state. */
  #call(name: string, args: number[], call: () => number): string | undefined {
    this.calls.push(`${name}(${args.join(", ")})`);
    return this.#checks.status(call()) ?? this.#checks.state();
  }

  #load(): string | undefined {
    const { core } = this.#node;
    const bytes = anyProfile(this.#random);
    const at = core.profile_at();
    new Uint8Array(core.memory.buffer).set(bytes, at);
    const length = this.#random.chance(0.9) ? bytes.length : anyWord(this.#random);
    if (this.#random.chance(0.5)) {
      return this.#call("load_profile", [length], () => core.load_profile(length));
    }
    return this.#call("map_profile", [at, length], () => core.map_profile(at, length));
  }

  /** A start; retained RAM may have lost a bit, unless the start is refused. */
  #boot(reason: number): string | undefined {
    const { core } = this.#node;
    const random = this.#random;
    const args = [reason, random.pick([0, 3600, 0xffffffff, random.word()]), random.word()];
    const kept = this.#node.bytes("vital");
    if (random.chance(0.2)) flipRetained(this.#node, random);
    return this.#call("boot", args, () => {
      const status = core.boot(args[0]!, args[1]!, args[2]!);
      if (status !== Status.ok && status !== Status.storage) {
        new Uint8Array(core.memory.buffer).set(kept, this.#node.layout.vital.at);
      }
      return status;
    });
  }

  #step(): string | undefined {
    writeSample(this.#node, this.#random, this.#wild);
    const wrong = this.#call("step", [], () => this.#node.core.step());
    return wrong ?? (this.#random.chance(0.7) ? this.#serve() : undefined);
  }

  /** Executes the waiting operations, if any, well or badly. */
  #serve(): string | undefined {
    const random = this.#random;
    for (let left = 5; left > 0; left--) {
      const result = random.chance(0.7) ? 0 : anyWord(random);
      this.#execute(result === 0);
      const wrong = this.#call("storage_done", [result], () => {
        return this.#node.core.storage_done(result);
      });
      if (wrong !== undefined) return wrong;
      if (this.#node.get("storage", "op") === 0) return undefined;
    }
    return undefined;
  }

  /** The storage device. An operation that is reported as done may have been torn all the same. */
  #execute(done: boolean): void {
    const op = this.#node.get("storage", "op");
    const address = this.#node.get("storage", "address");
    const { at, size } = this.#node.layout.vital;
    const { buffer } = this.#node.core.memory;
    const vital = new Uint8Array(buffer, at, size);
    const into = new Uint8Array(buffer, this.#node.get("storage", "memory_at"), size);
    if (op === READ) into.set(readBack(this.#slots.get(address), size, this.#random));
    if (op === PROGRAM && done) this.#slots.set(address, vital.slice());
    const end = address + this.#node.get("storage", "length");
    for (let erased = address; op === ERASE && erased < end; erased += 128) {
      this.#slots.delete(erased);
    }
  }

  #acknowledge(): string | undefined {
    const mask = anyWord(this.#random);
    return this.#call("acknowledge", [mask], () => this.#node.core.acknowledge(mask));
  }

  #query(): string | undefined {
    const { core } = this.#node;
    const [a, b] = [anyWord(this.#random), anyWord(this.#random)];
    const mode = this.#random.below(5);
    const answers = {
      allowed_current_nA: core.allowed_current_nA(a | 0, b),
      time_to_empty_s: core.time_to_empty_s(this.#random.chance(0.8) ? mode : a),
      time_to_full_s: core.time_to_full_s(),
      time_at_current_s: core.time_at_current_s(flowOf(a)),
      time_at_power_s: core.time_at_power_s(flowOf(b)),
    };
    this.calls.push(`queries(${a | 0}, ${b}, ${mode})`);
    for (const [name, answer] of Object.entries(answers)) {
      if (!(answer >= -1 && answer < Infinity)) return `${name} answered ${answer}`;
    }
    return this.#checks.state();
  }
}

const word = new DataView(new ArrayBuffer(4));

/** The f32 of these bits as a flow: any, but for those that take longer than f32 can tell. */
function flowOf(bits: number): number {
  word.setUint32(0, bits);
  const value = word.getFloat32(0);
  return Math.abs(value) < 1e-20 ? 0 : value;
}

/** The seed of one run of many. */
const seedOf = (seed: number, run: number) => (Math.imul(seed ^ run, 0x9e3779b1) ^ run) >>> 0;

/** Runs one seed again in a fresh instance and tells the story. */
export function replay(seed: number, build: Build): string {
  const attack = new Attack(build);
  const wrong = attack.run(seed);
  const story = wrong === undefined ? "nothing wrong when run alone" : wrong;
  return `seed ${seed}: ${story}\n  ${attack.calls.join("\n  ")}`;
}

/** `count` runs from `seed` on. The same arguments give the same runs. */
export async function hostileRuns(
  count: number,
  seed: number,
  build: Build = "core.wasm",
): Promise<HostileResult> {
  let attack = new Attack(build);
  const result: HostileResult = { runs: 0, failed: 0 };
  for (; result.runs < count; result.runs++) {
    const runSeed = seedOf(seed, result.runs);
    const wrong = attack.run(runSeed);
    if (wrong !== undefined) {
      result.failed += 1;
      result.firstFailure ??= `${wrong}; ${replay(runSeed, build)}`;
      // after a trap an instance is in no defined state
      attack = new Attack(build);
    }
    // let others have the thread now and then
    if (result.runs % 1000 === 999) await new Promise((resolve) => setImmediate(resolve));
  }
  return result;
}
