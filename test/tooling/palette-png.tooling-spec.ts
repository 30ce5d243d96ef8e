import { PNG } from 'pngjs';
import { withPalette } from '../browser/palette-png.js';

describe('a picture with a palette', () => {
  /** A picture whose pixels have these colours, one line of them. */
  function picture(colours: readonly number[]): Buffer {
    const png = new PNG({ width: colours.length, height: 1 });
    for (const [at, colour] of colours.entries()) png.data.writeUInt32BE(colour * 256 + 255, at * 4);
    return PNG.sync.write(png);
  }

  function coloursOf(png: Buffer): number[] {
    const { data, width } = PNG.sync.read(png);
    return Array.from({ length: width }, (_, at) => data.readUInt32BE(at * 4) >>> 8);
  }

  it('loses nothing where there are few colours', () => {
    const colours = [0xffffff, 0x1a5fd0, 0x000000, 0x1a5fd0];
    expect(coloursOf(withPalette(picture(colours)))).toEqual(colours);
  });

  it('gives a rare colour one that is close, where there are too many', () => {
    const many = Array.from({ length: 1000 }, (_, at) => ((at * 7) % 256) * 0x010000 + (at % 64) * 4);
    const colours = [...many, 0xffffff, 0xffffff];
    const far = coloursOf(withPalette(picture(colours))).map((kept, at) => farthest(kept, colours[at] ?? 0));
    expect(Math.max(...far)).toBeGreaterThan(0);
    expect(Math.max(...far)).toBeLessThan(16);
    expect(far.at(-1)).toBe(0);
  });

  /** By how much the channel differs that differs most. */
  function farthest(one: number, other: number): number {
    const channels = [16, 8, 0].map((shift) => Math.abs(((one >> shift) & 255) - ((other >> shift) & 255)));
    return Math.max(...channels);
  }
});
