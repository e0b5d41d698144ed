// Why a file could not be read, in words that are the same for every command.

const WHY: Record<string, string> = {
  ENOENT: "does not exist",
  ENOTDIR: "does not exist",
  EISDIR: "is a folder",
};

/** For `${file}: ${unreadable(error)}; ...`, of what reading a file threw. */
export function unreadable(error: unknown): string {
  const { code = "unknown" } = error as NodeJS.ErrnoException;
  return WHY[code] ?? `cannot be read (${code})`;
}
