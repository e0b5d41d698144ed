// P h' and h P h' of a sparse row against full matrices in double precision.

import { hypothesis } from "../../../assembly/gauge/hypothesis";
import { clear_row, set_row, spread, spread_row } from "../../../assembly/gauge/row";
import {
  P,
  SIZE,
  draw,
  expected_variance,
  h,
  random,
  start_random,
  write_to,
} from "./dense_filter";

/** A row with some entries, of the size that makes h P h' about 1. */
function draw_row(filled: f64): void {
  clear_row();
  for (let i = 0; i < 8; i++) {
    h[i] = random() < filled ? <f64>(<f32>((random() - 0.5) / SIZE[i])) : 0;
    if (h[i] != 0) set_row(i, <f32>h[i]);
  }
}

describe("a row", () => {
  test("gives P h' and h P h' of the full matrices, whatever entries it has", () => {
    const hyp = hypothesis(2);
    let worst: f64 = 0;
    start_random(1);
    for (let n = 0; n < 2000; n++) {
      draw();
      write_to(hyp);
      draw_row(<f64>(n % 5) * 0.25);
      const total = spread_row(hyp);
      worst = max(worst, Math.abs(<f64>total - expected_variance()));
      for (let i = 0; i < 8; i++) {
        let sum: f64 = 0;
        for (let k = 0; k < 8; k++) sum += P[8 * i + k] * h[k];
        worst = max(worst, Math.abs(<f64>spread(i) - sum) / SIZE[i]);
      }
    }
    expect<f64>(worst).toBeLessThan(2e-6);
  });

  test("is all zeros once cleared", () => {
    const hyp = hypothesis(2);
    draw();
    write_to(hyp);
    set_row(3, 5);
    clear_row();
    expect<f32>(spread_row(hyp)).toBe(0);
    for (let i = 0; i < 8; i++) expect<f32>(spread(i)).toBe(0);
  });
});
