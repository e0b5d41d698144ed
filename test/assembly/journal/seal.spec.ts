// The two checks of the vital area: the seal of retained RAM, the CRC-32 of a record.

import {
  ABI_VERSION,
  LAYOUT_HASH,
  VITAL_AT,
  VITAL_SIZE,
  Vital,
  vital,
} from "../../../assembly/abi";
import {
  record_is_good,
  retained_is_good,
  seal_record,
  seal_vital,
  slot_is_blank,
} from "../../../assembly/journal/seal";
import { crc32 } from "../../../assembly/math/crc32";
import { new_node, node, start_node } from "../node_under_test";

/** Any content. */
function fill(): void {
  for (let i = 0; i < VITAL_SIZE; i++) store<u8>(VITAL_AT + i, <u8>(i * 31 + 7));
}

function flip(bit: i32): void {
  const at = VITAL_AT + (bit >> 3);
  const mask = 1 << (bit & 7);
  const flipped = <u8>mask;
  store<u8>(at, load<u8>(at) ^ flipped);
}

const SEALED_BITS: i32 = (<i32>offsetof<Vital>("crc")) << 3;
const RECORD_BITS: i32 = SEALED_BITS + 32;

describe("retained RAM", () => {
  beforeEach(() => {
    new_node();
    start_node();
    fill();
  });

  test("is good once sealed, and carries its head", () => {
    expect<bool>(retained_is_good()).toBe(false);
    seal_vital();
    expect<bool>(retained_is_good()).toBe(true);
    expect<u32>(vital.magic).toBe(0x54464d56);
    expect<u32>(vital.abi_version).toBe(ABI_VERSION);
    expect<u32>(vital.layout_hash).toBe(LAYOUT_HASH);
    expect<u32>(vital.profile_crc).toBe(node.crc);
  });

  test("is refused after any bit flipped", () => {
    seal_vital();
    for (let bit = 0; bit < SEALED_BITS; bit++) {
      flip(bit);
      assert(!retained_is_good(), `bit ${bit} went unnoticed`);
      flip(bit);
    }
    expect<bool>(retained_is_good()).toBe(true);
  });

  test("is refused after two words changed places", () => {
    seal_vital();
    const charge = VITAL_AT + offsetof<Vital>("charge_pC");
    const first = load<u32>(charge);
    store<u32>(charge, load<u32>(charge + 8));
    store<u32>(charge + 8, first);
    expect<bool>(retained_is_good()).toBe(false);
  });

  test("is refused when it is all zero or all one", () => {
    memory.fill(VITAL_AT, 0, VITAL_SIZE);
    expect<bool>(retained_is_good()).toBe(false);
    memory.fill(VITAL_AT, 0xff, VITAL_SIZE);
    expect<bool>(retained_is_good()).toBe(false);
  });

  test("is no record", () => {
    seal_vital();
    expect<bool>(record_is_good(vital)).toBe(false);
  });
});

describe("a record", () => {
  beforeEach(() => {
    new_node();
    start_node();
    fill();
    seal_record();
  });

  test("ends with the CRC-32 of all before it, and is good retained RAM too", () => {
    expect<bool>(record_is_good(vital)).toBe(true);
    expect<bool>(retained_is_good()).toBe(true);
    expect<u32>(vital.crc).toBe(crc32(VITAL_AT, SEALED_BITS >> 3));
  });

  test("is refused after any bit flipped", () => {
    for (let bit = 0; bit < RECORD_BITS; bit++) {
      flip(bit);
      assert(!record_is_good(vital), `bit ${bit} went unnoticed`);
      flip(bit);
    }
    expect<bool>(record_is_good(vital)).toBe(true);
  });

  test("of another layout is refused though its CRC is right", () => {
    vital.layout_hash ^= 1;
    vital.crc = crc32(VITAL_AT, SEALED_BITS >> 3);
    expect<bool>(record_is_good(vital)).toBe(false);
  });

  test("of another profile is refused though its CRC is right", () => {
    vital.profile_crc ^= 1;
    vital.crc = crc32(VITAL_AT, SEALED_BITS >> 3);
    expect<bool>(record_is_good(vital)).toBe(false);
  });

  test("of another kind of data is refused though its CRC is right", () => {
    vital.magic ^= 1;
    vital.crc = crc32(VITAL_AT, SEALED_BITS >> 3);
    expect<bool>(record_is_good(vital)).toBe(false);
  });
});

describe("a slot", () => {
  test("is blank when all its bytes are ones, and only then", () => {
    memory.fill(VITAL_AT, 0xff, VITAL_SIZE);
    expect<bool>(slot_is_blank(vital)).toBe(true);
    for (let bit = 0; bit < RECORD_BITS; bit++) {
      flip(bit);
      assert(!slot_is_blank(vital), `bit ${bit} went unnoticed`);
      flip(bit);
    }
  });
});
