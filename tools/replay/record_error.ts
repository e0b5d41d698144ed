// What a replay cannot be done with.

/** A record that cannot be used; the message is one line. */
export class RecordError extends Error {
  override readonly name = "RecordError";
}
