// The core's work on many prepared samples inside one call, for the speed bench only: an entry
// beside assembly/index.ts. Time goes on by ten minutes a sample.

import { SAMPLE_AT, SAMPLE_SIZE, sample, storage, vital } from "../../../assembly/abi";
import { STATUS_OK, STATUS_STORAGE } from "../../../assembly/abi";
import { report_gauge } from "../../../assembly/gauge/report";
import { update_gauge } from "../../../assembly/gauge/update";
import { book_interval } from "../../../assembly/ledger/book";
import { check_sample, rejected } from "../../../assembly/sample/check";
import { read_clock } from "../../../assembly/sample/clock";
import { storage_executed, walk } from "../../../assembly/step";

const INTERVAL_MS: u32 = 600000;

// What is done with each sample; the same numbers as in core_steps.ts.
const GAUGE: u32 = 0;
const GAUGE_AND_REPORT: u32 = 1;

/** Copies the prepared sample at `from` into place and dates it. */
function take_sample(from: usize): void {
  for (let at: usize = 0; at < <usize>SAMPLE_SIZE; at += 8) {
    store<u64>(SAMPLE_AT + at, load<u64>(from + at));
  }
  sample.time_ms = vital.time_ms + INTERVAL_MS;
}

/** The walk up to the gauge: clock, checks, books, predict, correct. True: nothing was excluded. */
function gauge_step(): bool {
  if (read_clock() != STATUS_OK) return false;
  vital.time_ms = sample.time_ms;
  check_sample();
  book_interval();
  update_gauge();
  return rejected == 0;
}

/** A whole walk, and a storage that does at once what it is told. True: nothing was excluded. */
function whole_walk(): bool {
  const status = walk();
  while (storage.op != 0) storage_executed(0);
  return status == STATUS_OK || status == STATUS_STORAGE;
}

/**
 * Takes `count` samples, beginning with the one numbered `first`, of the `length` that lie at
 * `samples` and come round again. Returns how many were taken as they are.
 */
export function bench_loop(work: u32, samples: usize, length: u32, first: u32, count: u32): u32 {
  let good: u32 = 0;
  let index = first % length;
  for (let i: u32 = 0; i < count; i++) {
    take_sample(samples + <usize>index * <usize>SAMPLE_SIZE);
    if (work > GAUGE_AND_REPORT) {
      if (whole_walk()) good++;
    } else {
      if (gauge_step()) good++;
      if (work != GAUGE) report_gauge();
    }
    if (++index == length) index = 0;
  }
  return good;
}
