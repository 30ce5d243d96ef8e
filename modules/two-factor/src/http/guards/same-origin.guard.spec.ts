import { Logger } from '@nestjs/common';
import { jest } from '@jest/globals';
import { Problem } from '../../core/common/errors.js';
import { FixedClock } from '../../testing/fixed-clock.js';
import { aContext, aRequest } from './context.fixture.js';
import { RefusedOrigins } from './refused-origins.js';
import { SameOriginGuard } from './same-origin.guard.js';

const json = { 'content-type': 'application/json', 'content-length': '2' };
const form = { 'content-type': 'application/x-www-form-urlencoded', 'content-length': '2' };
const own = 'https://portal.example';

const guarded = (origins: readonly string[], clock = new FixedClock()): SameOriginGuard =>
  new SameOriginGuard(origins, ['_csrf'], new RefusedOrigins(origins, clock));

let warn: jest.SpiedFunction<Logger['warn']>;
beforeEach(() => {
  warn = jest.spyOn(Logger.prototype, 'warn').mockReturnValue(undefined);
});
afterEach(() => warn.mockRestore());

function passes(
  headers: Readonly<Record<string, string>>,
  given: { method?: string; origins?: string[] } = {},
): boolean {
  const { method = 'POST', origins = [own] } = given;
  const request = aRequest({ method, headers: { ...{ host: 'portal.example' }, ...headers }, body: {} });
  try {
    return guarded(origins).canActivate(aContext(request));
  } catch (error) {
    expect(error).toBeInstanceOf(Problem);
    expect(error).toMatchObject({ code: 'CROSS_SITE', status: 403 });
    return false;
  }
}

describe('an unsafe request', () => {
  it.each([
    ['same-origin', true],
    ['none', true],
    ['same-site', false],
    ['cross-site', false],
    ['', false],
    ['Same-Origin', false],
    ['same-origin, cross-site', false],
  ])('with Sec-Fetch-Site %j passes: %p, whatever else it says', (site, expected) => {
    for (const headers of [form, json])
      for (const origin of [own, 'https://evil.example', 'null'])
        expect(passes({ ...headers, origin, 'sec-fetch-site': site })).toBe(expected);
  });

  it.each([
    [own, true],
    ['https://evil.example', false],
    ['http://portal.example', false],
    ['https://portal.example:8443', false],
    ['https://portal.example.evil.example', false],
    ['https://portal.example/', false],
    ['null', false],
    ['', false],
  ])('without it is decided by its origin: %j passes %p, JSON too', (origin, expected) => {
    expect(passes({ ...form, origin })).toBe(expected);
    expect(passes({ ...json, origin })).toBe(expected);
  });

  it('with neither passes only as JSON, which no form can send', () => {
    expect(passes(json)).toBe(true);
    expect(passes({ 'content-type': 'Application/JSON; charset=utf-8' })).toBe(true);
    for (const type of ['text/plain', 'multipart/form-data; boundary=x', 'application/json-seq', 'text/json'])
      expect(passes({ ...form, 'content-type': type })).toBe(false);
    expect(passes(form)).toBe(false);
    expect(passes({})).toBe(false);
  });

  it('is decided by the host that it names where the application gave no origins', () => {
    const origins: string[] = [];
    expect(passes({ ...form, origin: 'http://portal.example' }, { origins })).toBe(true);
    for (const origin of ['https://evil.example', 'null', 'not an origin', 'https://portal.example:8443'])
      expect(passes({ ...form, origin }, { origins })).toBe(false);
  });

  it.each(['POST', 'PUT', 'PATCH', 'DELETE', 'post', 'FOO'])('may come as %s', (method) => {
    expect(passes({ ...form, 'sec-fetch-site': 'cross-site' }, { method })).toBe(false);
  });
});

describe('a safe request', () => {
  it.each(['GET', 'HEAD', 'OPTIONS'])('as %s passes from everywhere', (method) => {
    expect(passes({ 'sec-fetch-site': 'cross-site' }, { method })).toBe(true);
  });
});

describe('the hidden fields of the host', () => {
  it.each<[unknown, unknown]>([
    [{ _csrf: 'x', code: '1' }, { code: '1' }],
    [{ _csrf: ['x'] }, {}],
    [['_csrf'], ['_csrf']],
    [undefined, undefined],
    ['_csrf', '_csrf'],
  ])('are taken out of %j', (body, left) => {
    const request = aRequest({ method: 'POST', headers: { 'sec-fetch-site': 'same-origin' }, body });
    guarded([]).canActivate(aContext(request));
    expect(request.body).toEqual(left);
  });
});

describe('the log', () => {
  const refuse = (guard: SameOriginGuard, headers: Readonly<Record<string, string>>): void => {
    const request = aRequest({
      method: 'POST',
      headers: { ...form, ...{ host: 'portal.example' }, ...headers },
    });
    expect(() => guard.canActivate(aContext(request))).toThrow(Problem);
  };
  const line = (): string => String(warn.mock.calls.at(-1)?.[0]);

  it('names the refused origin, the origins of the options, and the next step', () => {
    refuse(guarded([own]), { origin: 'http://portal.lan:3000' });
    expect(line()).toBe(
      `refused origin origin="http://portal.lan:3000" site=none origins=${own} - ` +
        'If people reach this site by this origin, add it to the option origins.',
    );
  });

  it.each<[string, Readonly<Record<string, string>>, RegExp]>([
    ['a proxy that hides the origin', { origin: 'null' }, /origin="null" .*Referrer-Policy: same-origin/],
    ['a program without an origin', {}, /origin=none site=none .*Programs must send JSON/],
    ['another site', { 'sec-fetch-site': 'cross-site' }, /site="cross-site" .*is not the cause/],
  ])('tells the operator of %s', (_what, headers, expected) => {
    refuse(guarded([own]), headers);
    expect(line()).toMatch(expected);
  });

  it('names the host where the application gave no origins', () => {
    refuse(guarded([]), { origin: 'https://evil.example', host: 'portal.example:8443' });
    expect(line()).toContain('origins=none host="portal.example:8443"');
  });

  it('cannot be written by a stranger, and contains no long text of one', () => {
    refuse(guarded([own]), { origin: `x" PUBLIC_URL=\u001b[31m\r\nrefused sign-in ${'y'.repeat(500)}` });
    expect(line()).toMatch(/^refused origin origin="x\?\?PUBLIC_URL\??[\w?[-]+" site=none/);
    expect(line().length).toBeLessThan(300);
  });

  it('gets one line a minute, which then says how many were left out', () => {
    const clock = new FixedClock();
    const guard = guarded([own], clock);
    for (let sent = 0; sent < 5; sent += 1) refuse(guard, { origin: 'http://portal.lan' });
    expect(warn).toHaveBeenCalledTimes(1);
    clock.advance(60_000);
    refuse(guard, { origin: 'http://portal.lan' });
    expect(warn).toHaveBeenCalledTimes(2);
    expect(line()).toMatch(/ 4 more were refused since the last such line\.$/);
  });
});
