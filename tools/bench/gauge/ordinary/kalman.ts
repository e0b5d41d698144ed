// A Kalman filter of one state, as in many gauges: the books move SOC, each rest voltage corrects
// it. Its noises are what the profile says: model error, gain and noise of the ADC; a tenth of the
// booked charge and the leak that a board may have.

import { type Reading } from "../../../../host/sim/twin/bed.js";
import { clipped, type Calibration, type Method } from "./calibration.js";

/** Error of the books, as a share of what they moved. */
const BOOKS_SIGMA = 0.1;
const FIRST_SIGMA = 0.1;

export class Kalman implements Method {
  #soc = NaN;
  #variance = FIRST_SIGMA * FIRST_SIGMA;
  #time_s = 0;

  constructor(readonly calibration: Calibration) {}

  step(reading: Reading): number {
    const { calibration } = this;
    const { temperature_degC, time_s } = reading;
    const dt_s = time_s - this.#time_s;
    this.#time_s = time_s;
    if (Number.isNaN(this.#soc)) return (this.#soc = calibration.first(reading));
    const moved = calibration.moved(reading, dt_s);
    const { profile, capacity_nC } = calibration;
    const leak = (profile.leak_sigma_nA * dt_s) / capacity_nC;
    this.#soc = clipped(this.#soc + moved);
    this.#variance += (BOOKS_SIGMA * moved) ** 2 + leak * leak;
    const slope_mV = calibration.slope_mV(this.#soc, temperature_degC);
    const rest_mV = calibration.compensated_mV(reading, this.#soc);
    const gain_mV = profile.adc_gain_sigma * rest_mV;
    const noise = profile.voltage_sigma_mV ** 2 + profile.adc_noise_mV ** 2 + gain_mV ** 2;
    const gain = (this.#variance * slope_mV) / (this.#variance * slope_mV ** 2 + noise);
    const off_mV = rest_mV - calibration.ocv_mV(this.#soc, temperature_degC);
    this.#soc = clipped(this.#soc + gain * off_mV);
    this.#variance *= 1 - gain * slope_mV;
    return this.#soc;
  }
}
