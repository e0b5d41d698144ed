// A point of a source's terminal curve; generated current counts positive.

export interface CurvePoint {
  voltage_V: number;
  current_A: number;
  power_W: number;
}
