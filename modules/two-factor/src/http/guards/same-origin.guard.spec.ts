import { Problem } from '../../core/common/errors.js';
import { aContext, aRequest } from './context.fixture.js';
import { SameOriginGuard } from './same-origin.guard.js';

const json = { 'content-type': 'application/json', 'content-length': '2' };
const form = { 'content-type': 'application/x-www-form-urlencoded', 'content-length': '2' };
const own = 'https://portal.example';

function passes(
  headers: Readonly<Record<string, string>>,
  given: { method?: string; origins?: string[] } = {},
): boolean {
  const { method = 'POST', origins = [own] } = given;
  const request = aRequest({ method, headers: { ...{ host: 'portal.example' }, ...headers }, body: {} });
  try {
    return new SameOriginGuard(origins, ['_csrf']).canActivate(aContext(request));
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
    new SameOriginGuard([], ['_csrf']).canActivate(aContext(request));
    expect(request.body).toEqual(left);
  });
});
