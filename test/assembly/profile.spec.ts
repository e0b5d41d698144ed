// What a profile must be before it is used. Field by field over all ranges:
// test/property/profile.test.ts.

import {
  PROFILE_WORDS,
  STATUS_NOT_BOOTED,
  STATUS_NO_PROFILE,
  STATUS_OK,
  STATUS_PROFILE_CRC,
  STATUS_PROFILE_FIELD,
  STATUS_PROFILE_LAYOUT,
  STATUS_PROFILE_LENGTH,
  STATUS_PROFILE_MAGIC,
  STATUS_PROFILE_TABLE,
  STATUS_PROFILE_VERSION,
} from "../../assembly/abi";
import { map_profile, step } from "../../assembly/index";
import { SOC_COUNT, new_node, node, offer_node, set_table, table } from "./node_under_test";

const NAN: f32 = f32.NaN;

/** Offers it again without mending its head. */
function again(): u32 {
  return map_profile(<u32>changetype<usize>(node), node.length) & 255;
}

/** Code of the refusal of one changed table entry, which is put back. */
function with_table(index: i32, value: f32): u32 {
  const before = table(index);
  set_table(index, value);
  const status = offer_node();
  set_table(index, before);
  if ((status & 255) == STATUS_PROFILE_TABLE) {
    assert(<i32>(status >> 8) >= PROFILE_WORDS, "names a word of the tables");
  }
  return status & 255;
}

describe("the head of a profile", () => {
  beforeEach(() => {
    new_node();
    expect<u32>(offer_node()).toBe(STATUS_OK);
  });

  test("must begin with the magic", () => {
    node.magic ^= 1;
    expect<u32>(again()).toBe(STATUS_PROFILE_MAGIC);
  });

  test("must be of this major version, and no newer", () => {
    node.abi_version += 1;
    expect<u32>(again()).toBe(STATUS_PROFILE_VERSION);
    node.abi_version = 0x10000;
    expect<u32>(again()).toBe(STATUS_PROFILE_VERSION);
  });

  test("must be of this layout", () => {
    node.layout_hash ^= 1;
    expect<u32>(again()).toBe(STATUS_PROFILE_LAYOUT);
  });

  test("must carry the right CRC", () => {
    node.crc ^= 1;
    expect<u32>(again()).toBe(STATUS_PROFILE_CRC);
  });

  test("must tell the length that is given, a multiple of four, neither short nor endless", () => {
    const at = <u32>changetype<usize>(node);
    expect<u32>(map_profile(at, node.length - 4)).toBe(STATUS_PROFILE_LENGTH);
    expect<u32>(map_profile(at, node.length + 1)).toBe(STATUS_PROFILE_LENGTH);
    expect<u32>(map_profile(at, 0)).toBe(STATUS_PROFILE_LENGTH);
    expect<u32>(map_profile(at, -4)).toBe(STATUS_PROFILE_LENGTH);
    node.length = 0x800000;
    expect<u32>(again()).toBe(STATUS_PROFILE_LENGTH);
  });
});

describe("limits that do not widen", () => {
  beforeEach(() => {
    new_node();
  });

  test("are refused for voltage, temperature and critical current", () => {
    node.voltage_max_mV_1 = 4350;
    expect<u32>(offer_node() & 255).toBe(STATUS_PROFILE_FIELD);
    new_node();
    node.voltage_min_mV_2 = 3300;
    expect<u32>(offer_node() & 255).toBe(STATUS_PROFILE_FIELD);
    new_node();
    node.temperature_max_degC_0 = 65;
    expect<u32>(offer_node() & 255).toBe(STATUS_PROFILE_FIELD);
    new_node();
    node.temperature_min_degC_0 = -15;
    expect<u32>(offer_node() & 255).toBe(STATUS_PROFILE_FIELD);
    new_node();
    node.ccd_level_1 = 0.4;
    expect<u32>(offer_node() & 255).toBe(STATUS_PROFILE_FIELD);
  });

  test("are refused when nothing lies between them", () => {
    node.voltage_min_mV_0 = 4200;
    expect<u32>(offer_node() & 255).toBe(STATUS_PROFILE_FIELD);
    new_node();
    node.temperature_min_degC_0 = 50;
    expect<u32>(offer_node() & 255).toBe(STATUS_PROFILE_FIELD);
  });

  test("are refused for sleep and for survival", () => {
    node.sleep_min_ms = 3600001;
    expect<u32>(offer_node() & 255).toBe(STATUS_PROFILE_FIELD);
    new_node();
    node.survival_soc = 0.31;
    expect<u32>(offer_node() & 255).toBe(STATUS_PROFILE_FIELD);
  });
});

describe("the tables of a profile", () => {
  beforeEach(() => {
    new_node();
  });

  test("refuse what is no number, wherever it stands", () => {
    const words = 4 * SOC_COUNT + 1 + 2 * SOC_COUNT;
    for (let i = 0; i < words; i++) {
      expect<u32>(with_table(i, NAN)).toBe(STATUS_PROFILE_TABLE);
      expect<u32>(with_table(i, Infinity)).toBe(STATUS_PROFILE_TABLE);
      expect<u32>(with_table(i, 1e30)).toBe(STATUS_PROFILE_TABLE);
    }
  });

  test("go from SOC 0 to 1 in rising steps", () => {
    expect<u32>(with_table(0, 0.01)).toBe(STATUS_PROFILE_TABLE);
    expect<u32>(with_table(SOC_COUNT - 1, 0.99)).toBe(STATUS_PROFILE_TABLE);
    expect<u32>(with_table(2, 0.05)).toBe(STATUS_PROFILE_TABLE);
    expect<u32>(with_table(2, 0.04)).toBe(STATUS_PROFILE_TABLE);
  });

  test("hold positive time constants and resistances", () => {
    expect<u32>(with_table(SOC_COUNT, 0)).toBe(STATUS_PROFILE_TABLE);
    expect<u32>(with_table(2 * SOC_COUNT, -1)).toBe(STATUS_PROFILE_TABLE);
  });

  test("hold a rising OCV whose slopes keep it so", () => {
    const ocv = 4 * SOC_COUNT + 1;
    expect<u32>(with_table(ocv + 2, 3700)).toBe(STATUS_PROFILE_TABLE);
    expect<u32>(with_table(ocv + 2, 3900)).toBe(STATUS_PROFILE_TABLE);
    expect<u32>(with_table(ocv + SOC_COUNT + 3, -1)).toBe(STATUS_PROFILE_TABLE);
    // three times the smaller secant, 120 mV, is the steepest that keeps a cubic monotone
    expect<u32>(with_table(ocv + SOC_COUNT + 3, 361)).toBe(STATUS_PROFILE_TABLE);
    expect<u32>(with_table(ocv + SOC_COUNT + 3, 359)).toBe(STATUS_OK);
  });

  test("are as long as their counts say", () => {
    node.soc_count = SOC_COUNT - 1;
    expect<u32>(offer_node() & 255).toBe(STATUS_PROFILE_LENGTH);
    node.soc_count = SOC_COUNT;
    node.temperature_count = 2;
    const status = offer_node() & 255;
    assert(status == STATUS_PROFILE_TABLE || status == STATUS_PROFILE_LENGTH, "refused");
  });
});

describe("a refused profile", () => {
  test("leaves the node without one", () => {
    new_node();
    offer_node();
    expect<u32>(step()).toBe(STATUS_NOT_BOOTED);
    node.capacity_nAh = -1;
    expect<u32>(offer_node() & 255).toBe(STATUS_PROFILE_FIELD);
    expect<u32>(step()).toBe(STATUS_NO_PROFILE);
  });
});
