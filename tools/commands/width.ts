// How wide a page is, and text in lines of that width.

/** Wider lines are hard to read, also in a wide terminal or a file. */
export const COLUMNS_MAX = 100;
/** Narrower than this a table says nothing. */
const COLUMNS_MIN = 60;

/** Columns of a page on this terminal; into a pipe the most there are. */
export const pageColumns = (terminal = process.stdout.columns ?? COLUMNS_MAX): number =>
  Math.max(COLUMNS_MIN, Math.min(terminal, COLUMNS_MAX));

/** Words in lines of at most `width` columns; a word that is longer is cut. */
export function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  const cut = new RegExp(`.{1,${width}}`, "gu");
  for (const word of text.split(/\s+/).flatMap((whole) => whole.match(cut) ?? [])) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) {
      lines[lines.length - 1] = `${last} ${word}`;
    } else {
      lines.push(word);
    }
  }
  return lines;
}

/** Text behind a label of `indent` columns; what does not fit goes on below its beginning. */
export function labelled(label: string, text: string, indent: number, width: number): string[] {
  const room = width - indent;
  const lines = text.length <= room ? [text] : wrapped(text, room);
  return lines.map((line, i) => (i === 0 ? label : "").padEnd(indent) + line);
}
