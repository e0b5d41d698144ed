// A compiled profile as source text: the C file that a firmware links, the module that Moddable
// loads.

const WORD = 4;

/** Words in rows of eight. */
const rows = (words: readonly string[]): string =>
  words.join(", ").replace(/((?:[^,]+, ){8})/g, "$1\n  ");

/** `node_profile` and `node_profile_bytes`, to be left in flash. */
export function profileC(profile: Uint8Array, title: string): string {
  const view = new DataView(profile.buffer, profile.byteOffset, profile.length);
  const words = Array.from({ length: profile.length / WORD }, (_, i) => {
    const word = view.getUint32(WORD * i, true);
    return `0x${word.toString(16).padStart(8, "0")}u`;
  });
  return `/* Made by tfmb build: the profile of ${title.replaceAll("*/", "* /")}. */
#include <stdint.h>

extern const uint32_t node_profile[], node_profile_bytes;

const uint32_t node_profile[] = {
  ${rows(words)},
};
const uint32_t node_profile_bytes = sizeof node_profile;
`;
}

/** A module whose default export is the profile's bytes, preloaded into flash. */
export function profileJs(profile: Uint8Array, title: string): string {
  return `// Made by tfmb build: the profile of ${title}.
export default Uint8Array.of(
  ${rows([...profile].map(String))},
);
`;
}
