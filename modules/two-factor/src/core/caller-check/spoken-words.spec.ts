import { spokenWords, threeWords } from './spoken-words.js';

/** The number of letters to change, add or remove (Levenshtein). */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (const [i, x] of [...a].entries()) {
    const next = [i + 1];
    for (const [j, y] of [...b].entries())
      next.push(Math.min(row[j + 1]! + 1, next[j]! + 1, row[j]! + (x === y ? 0 : 1)));
    row = next;
  }
  return row[b.length]!;
}

describe('the words that agents read out', () => {
  it('are 256 short words of plain letters', () => {
    expect(new Set(spokenWords).size).toBe(256);
    for (const word of spokenWords) expect(word).toMatch(/^[a-z]{4,9}$/);
  });

  it('are hard to mix up: any two differ in three letters, and in their first four', () => {
    const close = spokenWords.flatMap((a, i) =>
      spokenWords.slice(i + 1).filter((b) => distance(a, b) < 3 || a.slice(0, 4) === b.slice(0, 4)),
    );
    expect(close).toEqual([]);
  });

  it('come in threes, all different, and hardly ever twice', () => {
    const drawn = Array.from({ length: 200 }, () => threeWords());
    for (const words of drawn) expect(new Set(words.split(' ')).size).toBe(3);
    expect(new Set(drawn).size).toBeGreaterThan(198);
  });
});
