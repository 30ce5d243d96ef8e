import { endingOf, isWellFormedToken, newToken, tokenHashOf } from './token-format.js';

/** What a scanner for secrets looks for; the same expression stands in docs/api-tokens.md. */
const published = /^clientarea_[0-9A-Za-z]{49}$/;

describe('a token', () => {
  const tokens = Array.from({ length: 200 }, newToken);

  it('is recognized by the published expression, and by its checksum', () => {
    expect(tokens.filter((token) => !published.test(token) || !isWellFormedToken(token))).toEqual([]);
  });

  it('never comes twice', () => {
    expect(new Set(tokens).size).toBe(tokens.length);
  });

  it('uses all of its characters: the first one of the secret differs, and so does the last', () => {
    const at = (place: number) => new Set(tokens.map((token) => token.charAt(place))).size;
    // 62^43 is a little more than 2^256, so the first character takes nearly all values.
    expect([at('clientarea_'.length) > 20, at('clientarea_'.length + 42) > 20]).toEqual([true, true]);
  });

  it('is refused with one character changed, left out or added', () => {
    const token = newToken();
    for (let place = 0; place < token.length; place++) {
      const other = token.charAt(place) === 'x' ? 'y' : 'x';
      const [before, after] = [token.slice(0, place), token.slice(place + 1)];
      expect([place, isWellFormedToken(before + other + after)]).toEqual([place, false]);
      expect(isWellFormedToken(before + after)).toBe(false);
      expect(isWellFormedToken(before + other + token.charAt(place) + after)).toBe(false);
    }
  });

  it('is stored as a hash, and shown by an ending that is no part of its secret', () => {
    const [token] = tokens as [string];
    expect(tokenHashOf(token)).toMatch(/^[0-9a-f]{64}$/);
    expect(tokenHashOf(token)).not.toBe(tokenHashOf(newToken()));
    expect(token.slice(0, 'clientarea_'.length + 43) + token.slice(-6, -4) + endingOf(token)).toBe(token);
  });
});
