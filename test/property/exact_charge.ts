// The exact charge that an f32 current moves in whole milliseconds, in integers of any size: what
// the core's ledger is compared with. 1 nA for 1 ms is 1 pC.

/** Units of 2^-32 pC in a pC. */
export const UNIT = 1n << 32n;

const bits = new DataView(new ArrayBuffer(4));

/** A f32 as sign, mantissa and power of two: value = mantissa x 2^exponent, exactly. */
function decode(value: number): { mantissa: bigint; exponent: number } {
  bits.setFloat32(0, value);
  const word = bits.getUint32(0);
  const biased = (word >>> 23) & 255;
  const magnitude = BigInt((word & 0x7fffff) | (biased === 0 ? 0 : 0x800000));
  return { mantissa: word >>> 31 ? -magnitude : magnitude, exponent: Math.max(biased, 1) - 150 };
}

/** `current_nA` (an f32) times `ms` in units of 2^-32 pC; what is smaller is cut off towards 0. */
export function exactCharge(current_nA: number, ms: number): bigint {
  const { mantissa, exponent } = decode(current_nA);
  const product = mantissa * BigInt(ms);
  const shift = BigInt(exponent + 32);
  return shift >= 0n ? product << shift : product / (1n << -shift);
}
