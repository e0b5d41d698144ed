// A specimen as the tester's leads feel it, and the plant's cell behind them: the only place here
// that knows how the plant is driven.

import { type Cell } from "../../host/sim/cell.js";

export interface TestCell {
  temperature_degC: number;
  /** Terminal voltage the moment after the current becomes `current_nA`; charging is positive. */
  voltage_mV(current_nA: number): number;
  /** Lets a constant current flow. */
  drive(current_nA: number, dt_s: number): void;
  /** Holds the terminals at a voltage with a current between 0 and `most_nA`; returns its mean. */
  hold(voltage_mV: number, dt_s: number, most_nA: number): number;
}

const HOUR_S = 3600;
/** The plant takes steps of at most this time, and share of its capacity. */
const STEP_S = 60;
const STEP_SHARE = 0.001;

export function testCellOf(cell: Cell): TestCell {
  const label_nC = cell.capacity_nAh * HOUR_S;
  const stepsOf = (current_nA: number, dt_s: number) =>
    Math.max(
      1,
      Math.ceil(dt_s / STEP_S),
      Math.ceil((Math.abs(current_nA) * dt_s) / (label_nC * STEP_SHARE)),
    );
  return {
    get temperature_degC() {
      return cell.temperature_degC;
    },
    set temperature_degC(degC: number) {
      cell.temperature_degC = degC;
    },
    voltage_mV: (current_nA) => cell.voltage_mV(current_nA),
    drive(current_nA, dt_s) {
      const steps = stepsOf(current_nA, dt_s);
      for (let i = 0; i < steps; i++) cell.drive(current_nA, dt_s / steps);
    },
    hold(voltage_mV, dt_s, most_nA) {
      const steps = Math.max(1, Math.ceil(dt_s / STEP_S));
      // the plant holds by taking less of an offer: discharging, beside a drain of the same size
      const offered_nA = Math.abs(most_nA);
      const drain_nA = Math.max(-most_nA, 0);
      let sum_nA = 0;
      for (let i = 0; i < steps; i++) {
        sum_nA += cell.take_nA(offered_nA, drain_nA, dt_s / steps, voltage_mV) - drain_nA;
      }
      return sum_nA / steps;
    },
  };
}
