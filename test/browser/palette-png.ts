import { crc32, deflateSync } from 'node:zlib';
import { PNG } from 'pngjs';

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** How many colours a palette holds, and how many of them are the commonest; the rest are there for what is far from these. */
const [room, common] = [256, 160];

/**
 * The same picture with at most 256 colours, a third of the size: pages have few, and many shades at the edges of letters.
 * Those that are rare become the nearest that is not.
 */
export function withPalette(png: Buffer): Buffer {
  const { data, width, height } = PNG.sync.read(png);
  const pixels = Array.from({ length: width * height }, (_, at) => data.readUInt32BE(at * 4) >>> 8);
  const palette = paletteOf(pixels);
  const indexOf = nearest(palette);
  // Each line begins with the number of its filter, 0 for none.
  const lines = Buffer.alloc((width + 1) * height);
  for (const [at, colour] of pixels.entries())
    lines[Math.floor(at / width) * (width + 1) + 1 + (at % width)] = indexOf(colour);
  return Buffer.concat([
    signature,
    chunk('IHDR', header(width, height)),
    chunk('PLTE', Buffer.concat(palette.map((colour) => Buffer.from(channels(colour))))),
    chunk('IDAT', deflateSync(lines, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function paletteOf(colours: readonly number[]): number[] {
  const counts = new Map<number, number>();
  for (const colour of colours) counts.set(colour, (counts.get(colour) ?? 0) + 1);
  const byCount = [...counts].sort(([, one], [, other]) => other - one).map(([colour]) => colour);
  if (byCount.length <= room) return byCount;
  // One of each neighbourhood: four bits a channel.
  const spread = new Map(byCount.map((colour) => [colour & 0xf0f0f0, colour]));
  return [...new Set([...byCount.slice(0, common), ...spread.values()])].slice(0, room);
}

function nearest(palette: readonly number[]): (colour: number) => number {
  const known = new Map(palette.map((colour, index) => [colour, index]));
  return (colour) => {
    const index = known.get(colour) ?? closest(palette, colour);
    known.set(colour, index);
    return index;
  };
}

function closest(palette: readonly number[], colour: number): number {
  const distances = palette.map((each) => distance(each, colour));
  return distances.indexOf(Math.min(...distances));
}

function distance(one: number, other: number): number {
  const [a, b] = [channels(one), channels(other)];
  return a.reduce((sum, value, at) => sum + (value - (b[at] ?? 0)) ** 2, 0);
}

/** Red, green and blue. */
function channels(colour: number): number[] {
  return [colour >> 16, (colour >> 8) & 255, colour & 255];
}

/** Eight bits a pixel, by a palette. */
function header(width: number, height: number): Buffer {
  const facts = Buffer.alloc(13);
  facts.writeUInt32BE(width, 0);
  facts.writeUInt32BE(height, 4);
  facts.set([8, 3], 8);
  return facts;
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const ends = Buffer.alloc(8);
  ends.writeUInt32BE(data.length, 0);
  ends.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)]);
}
