// Colours of shares, for the map on a terminal and on paper: from nearly white, nothing is bad, to
// dark blue, everything is. One hue whose lightness falls evenly: readable without colour vision.

/** Light to dark; the shares lie evenly between them. */
const RAMP = [
  [247, 251, 255],
  [198, 219, 239],
  [107, 174, 214],
  [33, 113, 181],
  [8, 48, 107],
] as const;

/** From this share on, what is written on the colour is white. */
const DARK = 0.55;

type Rgb = readonly [number, number, number];

/** `share` in 0..1. */
export function shadeOf(share: number): Rgb {
  const at = Math.min(Math.max(share, 0), 1) * (RAMP.length - 1);
  const left = Math.min(Math.floor(at), RAMP.length - 2);
  const [from, to] = [RAMP[left]!, RAMP[left + 1]!];
  const mix = (i: 0 | 1 | 2) => Math.round(from[i] + (at - left) * (to[i] - from[i]));
  return [mix(0), mix(1), mix(2)];
}

export const inkOf = (share: number): Rgb => (share > DARK ? [255, 255, 255] : [26, 26, 26]);

/** Text on the colour of a share, for a terminal that has them. */
export function onShade(text: string, share: number): string {
  const code = (rgb: Rgb) => `2;${rgb.join(";")}`;
  return `\u001b[48;${code(shadeOf(share))}m\u001b[38;${code(inkOf(share))}m${text}\u001b[0m`;
}
