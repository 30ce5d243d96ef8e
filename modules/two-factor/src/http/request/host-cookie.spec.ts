import { jest } from '@jest/globals';
import type { Request } from 'express';
import { type HostCookie, readCookie, setCookie } from './host-cookie.js';

const cookie: HostCookie = { name: 'two-factor-test', sameSite: 'strict' };

/** A request with this header, by https or not, and the cookies set in its answer. */
function request(header: string | undefined, secure = true) {
  const set = jest.fn();
  return { set, sent: { headers: { cookie: header }, secure, res: { cookie: set } } as unknown as Request };
}

const read = (header: string | undefined, secure = true) => readCookie(request(header, secure).sent, cookie);

describe('a cookie of the package', () => {
  it('is read by its name alone, undecoded, and the first of several', () => {
    expect(read('a=1; __Host-two-factor-test=x%41.y; __Host-two-factor-test=second')).toBe('x%41.y');
  });

  it('over https is not the one without the prefix, which a neighbouring host could have set', () => {
    expect(read('two-factor-test=x')).toBe('');
    expect(read('two-factor-test=x', false)).toBe('x');
  });

  it.each([
    undefined,
    '',
    ';',
    '=',
    'x__Host-two-factor-test=x',
    '\u00a0__Host-two-factor-test=x',
    '__host-two-factor-test=x',
    '__proto__=x',
  ])('is empty where the header is %j', (header) => {
    expect(read(header)).toBe('');
  });

  it('is kept from scripts, other hosts and plain http until its end', () => {
    const { sent, set } = request('');
    setCookie(sent, cookie, 'value', 86_400_000);
    expect(set).toHaveBeenCalledWith('__Host-two-factor-test', 'value', {
      httpOnly: true,
      secure: true,
      sameSite: 'strict',
      path: '/',
      expires: new Date(86_400_000),
    });
  });
});
