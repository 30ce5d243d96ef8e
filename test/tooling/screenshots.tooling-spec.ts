import { readdirSync, readFileSync } from 'node:fs';
import { projectRoot } from './planted-tree.js';

/** Where a PNG says what its pixels are, and what it says when they are numbers of colours in a palette. */
const [colourType, indexed] = [25, 3];

describe('pictures in the docs', () => {
  const folder = `${projectRoot}docs/screenshots/`;
  const pictures = readdirSync(folder)
    .filter((file) => file.endsWith('.png'))
    .map((name) => ({ name, png: readFileSync(folder + name) }));

  it('have a palette: none is kept as the browser made it', () => {
    const whole = pictures.filter(({ png }) => png[colourType] !== indexed);
    expect(whole.map(({ name }) => name)).toEqual([]);
  });

  it('are 6 MB together at most, because every clone contains them', () => {
    const bytes = pictures.reduce((sum, { png }) => sum + png.length, 0);
    expect(bytes).toBeGreaterThan(0);
    expect(bytes).toBeLessThan(6_000_000);
  });
});
