// Pictures small enough to keep in the repository, and whether two show the same. Knows nothing of what is on them.

import { crc32, deflateSync } from 'node:zlib';
import { PNG } from 'pngjs';

/** Colours of a picture: text on a card has some hundred shades, of which the eye misses none of the rarest. */
const COLOURS = 32;
/** A channel may be this far off, of 255. */
const NEAR = 8;
/** So many pixels may be further off. */
const FEW = 8;

/**
 * The picture with a palette, some four times smaller: the most frequent colours stay as they are and each other pixel
 * takes the nearest of them. The same pixels give the same bytes.
 */
export function indexed(picture: Uint8Array): Buffer {
  const { width, height, data } = PNG.sync.read(Buffer.from(picture));
  const pixels = new Uint32Array(width * height);
  const counts = new Map<number, number>();
  // Most of a page is stretches of one colour, which are counted at their end.
  let start = 0;
  for (let at = 0; at < pixels.length; at++) {
    pixels[at] = (data[at * 4]! << 16) | (data[at * 4 + 1]! << 8) | data[at * 4 + 2]!;
    if (at + 1 < pixels.length && data.readUInt32BE(at * 4) === data.readUInt32BE(at * 4 + 4)) continue;
    counts.set(pixels[at]!, (counts.get(pixels[at]!) ?? 0) + at + 1 - start);
    start = at + 1;
  }
  const palette = [...counts]
    .sort(([a, many], [b, more]) => more - many || a - b)
    .slice(0, COLOURS)
    .map(([colour]) => colour);
  const places = new Map([...counts.keys()].map((colour) => [colour, nearest(palette, colour)]));
  // Each line starts with its filter: none, which suits flat colours best.
  const lines = Buffer.alloc((width + 1) * height);
  let colour = -1;
  let place = 0;
  for (let at = 0; at < pixels.length; at++) {
    if (pixels[at] !== colour) {
      colour = pixels[at]!;
      place = places.get(colour)!;
    }
    lines[at + Math.floor(at / width) + 1] = place;
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  // Eight bits a pixel, by palette.
  header.set([8, 3, 0, 0, 0], 8);
  const colours = Buffer.from(palette.flatMap((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255]));
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('PLTE', colours),
    chunk('IDAT', deflateSync(lines, { level: 7, memLevel: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function nearest(palette: number[], colour: number): number {
  let best = 0;
  let least = Number.POSITIVE_INFINITY;
  for (let at = 0; at < palette.length; at++) {
    const red = (palette[at]! >> 16) - (colour >> 16);
    const green = ((palette[at]! >> 8) & 255) - ((colour >> 8) & 255);
    const blue = (palette[at]! & 255) - (colour & 255);
    const distance = red * red + green * green + blue * blue;
    if (distance >= least) continue;
    least = distance;
    best = at;
  }
  return best;
}

/** Length, name, content and checksum: https://www.w3.org/TR/png-3/#5Chunk-layout. */
function chunk(name: string, content: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(name, 'latin1'), content]);
  const around = Buffer.alloc(4);
  around.writeUInt32BE(content.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([around, named, sum]);
}

/**
 * What differs between two pictures, in a few words; undefined when they show the same. On one machine the same page
 * gives the same pixels (measured: 0 of them differ between two runs), so little is allowed: what remains of rounding
 * to a palette. One letter more on a card is some 30 pixels, and a border in another grey more than that.
 */
export function difference(before: Uint8Array, after: Uint8Array): string | undefined {
  const one = PNG.sync.read(Buffer.from(before));
  const other = PNG.sync.read(Buffer.from(after));
  if (one.width !== other.width || one.height !== other.height)
    return `${one.width} × ${one.height} is now ${other.width} × ${other.height}`;
  let changed = 0;
  for (let at = 0; at < one.data.length; at += 4) {
    const far = [0, 1, 2].some((channel) => Math.abs(one.data[at + channel]! - other.data[at + channel]!) > NEAR);
    if (far) changed += 1;
  }
  return changed > FEW ? `${changed} pixels differ` : undefined;
}
