// A profile that arrives damaged, or that somebody got wrong.

import { AREAS } from "../../core/abi.js";
import { type FieldSpec } from "../../core/fields.js";
import { repairCrc } from "../../core/profile.js";
import { type ProfileFault } from "./faults.js";

const FIELDS: Record<string, FieldSpec> = AREAS.profile.fields;

/** The first element of a field becomes this value. */
function setField(bytes: Uint8Array, name: string, value: number): void {
  const field = FIELDS[name];
  if (field === undefined) throw new RangeError(`profile.field = ${name} is no field of a profile`);
  const view = new DataView(bytes.buffer);
  if (field.type === "f32") view.setFloat32(field.offset, value, true);
  else view.setUint32(field.offset, value, true);
  repairCrc(bytes);
}

/** A copy of the profile with the fault in it. Throws RangeError. */
export function hostileProfile(profile: Uint8Array, fault: ProfileFault | undefined): Uint8Array {
  const bytes = profile.slice();
  if (fault === undefined) return bytes;
  const { flipped_bit, field, value } = fault;
  if (field !== undefined) setField(bytes, field, value ?? NaN);
  if (flipped_bit !== undefined)
    bytes[(flipped_bit >>> 3) % bytes.length]! ^= 1 << (flipped_bit & 7);
  return bytes;
}
