import { ApplicationConfig } from '@nestjs/core';
import fc from 'fast-check';
import { Routes } from './routes.js';

const at = new Routes(new ApplicationConfig(), {});
const site = 'https://portal.example';

/** Text fragments that browsers interpret in surprising ways, and arbitrary text. */
const piece = fc.oneof(
  fc.constantFrom(
    ...['/', '//', '\\', '/\\', '\t', '\r\n', '\0', '.', '..', '@', ':', '?', '#', '%2F', '%5C', '%09', ';'],
    ...['https:', 'javascript:', 'evil.example', '\u2028', '\uFEFF', '\u3002', '\uFF0F', '\uFF3C', '\ud800'],
  ),
  fc.string({ unit: 'binary', maxLength: 4 }),
);
const wanted = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(''));
const anywhere = fc.oneof(
  wanted,
  wanted.map((rest) => `/${rest}`),
  fc.webUrl(),
);

describe('the way back that a form asks for', () => {
  it('is on this site, whatever was asked for', () => {
    fc.assert(
      fc.property(anywhere, (path) => {
        for (const led of [at.local(path), at.onward(path)])
          expect([path, new URL(led, site).origin]).toEqual([path, site]);
      }),
      { numRuns: 1000 },
    );
  });

  it('makes no header of its own, and is itself when it is asked for again', () => {
    fc.assert(
      fc.property(anywhere, (path) => {
        const led = at.local(path);
        expect(led).not.toMatch(/[\p{Cc}\s\\]/u);
        expect(at.local(led)).toBe(led);
      }),
      { numRuns: 500 },
    );
  });

  it('is the requested one, where that is a path', () => {
    const path = fc.webUrl({ withQueryParameters: true }).map((url) => new URL(url));
    fc.assert(
      fc.property(path, ({ pathname, search }) => {
        fc.pre(!pathname.startsWith('//'));
        expect(at.local(`${pathname}${search}`)).toBe(`${pathname}${search}`);
      }),
    );
  });

  it('is carried whole by the pages that keep it for later', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (returnTo, kind) => {
        const page = new URL(at.confirm({ returnTo, kind }), site);
        expect([page.origin, page.pathname]).toEqual([site, '/account/confirm']);
        expect([page.searchParams.get('returnTo'), page.searchParams.get('kind')]).toEqual([returnTo, kind]);
        const step = new URL(at.setUp(true, kind, '/setup'), site);
        expect(step.origin).toBe(site);
      }),
    );
  });
});
