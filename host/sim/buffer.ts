// The capacitor that gives the load its pulses. A limiter refills it from the cell's rail with a
// current of its own, until it is as high as the rail under that current.

/** Pulses are taken together while the buffer stays that far above the processor's reset. */
const SPARE_MV = 300;

export class Buffer {
  /** The limiter is refilling it. */
  refilling = false;

  constructor(
    readonly capacitance_uF: number,
    public voltage_mV: number,
  ) {}

  /** uF times mV squared are pJ. */
  get stored_pJ(): number {
    return (this.capacitance_uF * this.voltage_mV * this.voltage_mV) / 2;
  }

  get charge_nC(): number {
    return this.capacitance_uF * this.voltage_mV;
  }

  /** How many of these pulses it gives at once, at least one. */
  fits(charge_nC: number, reset_mV: number): number {
    const spare_nC = (this.voltage_mV - reset_mV - SPARE_MV) * this.capacitance_uF;
    return Math.max(1, Math.floor(spare_nC / charge_nC));
  }

  /** Gives a charge, or what it has of it; returns the energy that went with it, pJ. */
  give_pJ(charge_nC: number): number {
    const before_pJ = this.stored_pJ;
    this.voltage_mV = Math.max(0, this.voltage_mV - charge_nC / this.capacitance_uF);
    this.refilling = true;
    return before_pJ - this.stored_pJ;
  }

  /** Takes a charge from a rail of this mean voltage; returns what the limiter lost, pJ. */
  refill_pJ(charge_nC: number, rail_mV: number): number {
    const before_mV = this.voltage_mV;
    this.voltage_mV += charge_nC / this.capacitance_uF;
    return charge_nC * (rail_mV - (before_mV + this.voltage_mV) / 2);
  }

  /** How long a current takes to fill it up to a voltage; not above 0 where it is full. */
  refill_s(current_nA: number, full_mV: number): number {
    return ((full_mV - this.voltage_mV) * this.capacitance_uF) / current_nA;
  }
}
