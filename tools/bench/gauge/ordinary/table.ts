// The OCV table, read backwards: the rest voltage less current times resistance, corrected for
// temperature, with an hour's low-pass against the ADC's noise. The resistance is the measured one:
// the step of each wake's known load, smoothed, over the profile's at that temperature.

import { type Reading } from "../../../../host/sim/twin/bed.js";
import { type Calibration, type Method } from "./calibration.js";

const SMOOTHED_S = 3600;
const RESISTANCE_S = 86400;

export class Table implements Method {
  #soc = NaN;
  #time_s = 0;
  /** Measured resistance over the profile's. */
  #ratio = 1;

  constructor(readonly calibration: Calibration) {}

  step(reading: Reading): number {
    const { calibration } = this;
    const { temperature_degC, voltage_mV, loaded_mV, time_s } = reading;
    const dt_s = time_s - this.#time_s;
    this.#time_s = time_s;
    if (Number.isNaN(this.#soc)) return (this.#soc = calibration.first(reading));
    const ohmic_mV_nA = calibration.resistance_mV_nA(this.#soc, temperature_degC);
    const pulse_nA = calibration.profile.event_pulse_nA[0]!;
    const measured = (voltage_mV - loaded_mV) / (pulse_nA * ohmic_mV_nA);
    this.#ratio += (dt_s / (dt_s + RESISTANCE_S)) * (measured - this.#ratio);
    const rest_mV = voltage_mV - calibration.rest_nA(reading) * ohmic_mV_nA * this.#ratio;
    const read = calibration.soc(rest_mV, temperature_degC);
    this.#soc += (dt_s / (dt_s + SMOOTHED_S)) * (read - this.#soc);
    return this.#soc;
  }
}
