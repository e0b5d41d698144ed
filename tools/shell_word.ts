// A word of a command that is printed for people to paste into a shell.

/** In single quotes where it must be. */
export const shellWord = (text: string): string =>
  /^[\w.,:/=@+-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
