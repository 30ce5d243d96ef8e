import fc from 'fast-check';
import { loginAddress, safeReturnTo } from './return-to.js';

const site = 'https://portal.example';

/** Text fragments that browsers interpret in surprising ways, and arbitrary text. */
const piece = fc.oneof(
  fc.constantFrom(
    ...[
      '/',
      '//',
      '\\',
      '/\\',
      '\t',
      '\r\n',
      '\0',
      '.',
      '..',
      '@',
      ':',
      '?',
      '#',
      '%2F',
      '%5C',
      '%2e%2e',
      ';',
    ],
    ...['https:', 'javascript:', 'evil.example', 'login', 'LOGOUT', '\u2028', '\uFEFF', '\uFF0F', '\ud800'],
  ),
  fc.string({ unit: 'binary', maxLength: 4 }),
);
const pieces = fc.array(piece, { maxLength: 8 }).map((parts) => parts.join(''));
const anywhere = fc.oneof(
  pieces,
  pieces.map((rest) => `/${rest}`),
  fc.webUrl(),
  fc.anything(),
);

describe('the address to come back to', () => {
  it('is a path of this site and not of the sign-in, whatever is asked for', () => {
    fc.assert(
      fc.property(anywhere, (wanted) => {
        const led = safeReturnTo(wanted);
        const { origin, pathname } = new URL(led, site);
        expect([wanted, origin]).toEqual([wanted, site]);
        expect(led).toMatch(/^\/(?![/\\])[\x21-\x7e]*$/);
        expect(pathname).not.toMatch(/^\/(login|logout)(\/|$)/i);
        expect(led.length).toBeLessThanOrEqual(2_000);
      }),
      { numRuns: 1_000 },
    );
  });

  it('is itself when it is asked for again, and comes through the sign-in page unchanged', () => {
    fc.assert(
      fc.property(anywhere, (wanted) => {
        const led = safeReturnTo(wanted);
        expect(safeReturnTo(led)).toBe(led);
        const asked = new URL(loginAddress(led), site).searchParams.get('returnTo') ?? '/';
        expect(safeReturnTo(asked)).toBe(led);
      }),
      { numRuns: 500 },
    );
  });

  it('is the requested path, where that is a plain one', () => {
    const word = fc.stringMatching(/^[a-z0-9-]{1,12}$/).filter((text) => !/^log(in|out)$/.test(text));
    const path = fc.array(word, { minLength: 1, maxLength: 5 }).map((words) => `/${words.join('/')}`);
    fc.assert(fc.property(path, (wanted) => expect(safeReturnTo(wanted)).toBe(wanted)));
  });
});
