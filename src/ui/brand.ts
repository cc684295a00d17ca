/** A shop's own colour, in the shades that its kiosk's pages can use. */
export interface BrandShades {
  readonly bright: string;
  readonly dark: string;
}

type Channels = readonly [red: number, green: number, blue: number];

/** WCAG 2.2, 1.4.6: what text needs to be read by nearly everybody. */
export const READABLE_CONTRAST = 7;
/**
 * The hardest to read against, of what the colour meets as text and as a button: in bright surroundings --paper, in dark ones --card
 * (tokens.css). Words on buttons are whiter than the one and darker than the other.
 */
export const HARDEST_GROUND: BrandShades = { bright: '#faf7f2', dark: '#182a24' };
const BLACK: Channels = [0, 0, 0];
const WHITE: Channels = [255, 255, 255];
const STEPS = 100;

/** The shades nearest to a colour, `#rrggbb`, that a button and its words can have: darker in bright surroundings, lighter in dark ones. */
export function brandShades(colour: string): BrandShades {
  return {
    bright: readableShade(colour, BLACK, HARDEST_GROUND.bright),
    dark: readableShade(colour, WHITE, HARDEST_GROUND.dark),
  };
}

/** The contrast of two colours, from 1 to 21 (WCAG 2.2, "contrast ratio"). */
export function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

function readableShade(colour: string, end: Channels, ground: string): string {
  for (let step = 0; step < STEPS; step += 1) {
    const shade = mix(colour, end, step / STEPS);
    if (contrast(shade, ground) >= READABLE_CONTRAST) return shade;
  }
  return mix(colour, end, 1);
}

function mix(colour: string, end: Channels, share: number): string {
  const mixed = channelsOf(colour).map((channel, index) => channel + ((end[index] ?? 0) - channel) * share);
  return `#${mixed.map((channel) => Math.round(channel).toString(16).padStart(2, '0')).join('')}`;
}

/** WCAG 2.2, "relative luminance". */
function luminance(colour: string): number {
  const [red, green, blue] = channelsOf(colour);
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}

function linear(channel: number): number {
  const value = channel / 255;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}

function channelsOf(colour: string): Channels {
  const bits = Number.parseInt(colour.slice(1), 16);
  return [bits >> 16, (bits >> 8) & 255, bits & 255];
}
