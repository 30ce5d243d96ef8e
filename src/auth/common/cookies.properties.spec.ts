import type { Request } from 'express';
import fc from 'fast-check';
import { parseCookie } from './cookies.js';

const name = '__Host-portal-visitor';
const value = fc.stringMatching(/^[\w-]{1,43}$/);
const junk = fc.string({ unit: 'binary', maxLength: 20 }).filter((text) => !text.includes(name));
const sent = (cookie: string | undefined) => ({ headers: { cookie } }) as Request;

describe('a cookie', () => {
  it('is read whatever stands around it, and the first where there are several of its name', () => {
    fc.assert(
      fc.property(fc.array(junk, { maxLength: 4 }), value, value, (others, first, second) => {
        const plain = others.map((each) => each.replaceAll(';', ''));
        const header = [...plain, `${name}=${first}`, `${name}=${second}`].join('; ');
        expect(parseCookie(sent(header), name)).toBe(first);
      }),
    );
  });

  it('is not there where another name ends or begins like its own', () => {
    const pretender = fc.constantFrom(
      `x${name}`,
      `${name}x`,
      name.toUpperCase(),
      `\u00a0${name}`,
      ` ${name}2`,
    );
    fc.assert(
      fc.property(pretender, value, (other, text) =>
        expect(parseCookie(sent(`${other}=${text}`), name)).toBeUndefined(),
      ),
    );
  });

  it('is text or nothing, whatever the header is', () => {
    fc.assert(
      fc.property(fc.option(junk, { nil: undefined }), (header) =>
        expect(parseCookie(sent(header), name)).toBeUndefined(),
      ),
    );
  });
});
