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

  it('gives a rare colour the nearest of those there is room for', () => {
    const common = Array.from({ length: 256 }, (_, shade) => shade * 0x010101);
    const colours = [...common, ...common, 0x2a2a2b];
    expect(coloursOf(withPalette(picture(colours)))).toEqual([...common, ...common, 0x2a2a2a]);
  });
});
