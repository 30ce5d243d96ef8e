import { connect } from 'node:net';
import { portal, type Portal } from '../../support/portal/portal.js';

let site: Portal;
beforeAll(async () => {
  site = await portal({ modules: [] });
});
afterAll(() => site.close());

/** Bytes as no browser would send them. */
function raw(bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(site.config.port, '127.0.0.1', () => socket.end(bytes));
    let answer = '';
    socket.on('data', (chunk) => (answer += chunk.toString()));
    socket.on('close', () => resolve(answer));
    socket.on('error', reject);
  });
}

const json = { Accept: 'application/json', 'Content-Type': 'application/json' };
const form = {
  ...json,
  'Content-Type': 'application/x-www-form-urlencoded',
  'Sec-Fetch-Site': 'same-origin',
};

describe('a request that makes no sense', () => {
  it.each([
    ['broken JSON', '/login', { headers: json, body: '{"email":' }, 400],
    ['JSON that is no object', '/login', { headers: json, body: '"hello"' }, 400],
    ['a JSON body of more than 16 kB', '/login', { headers: json, body: `"${'x'.repeat(17_000)}"` }, 413],
    ['a form of more than 16 kB', '/login', { headers: form, body: `email=${'x'.repeat(17_000)}` }, 413],
    ['a form of too many fields', '/login', { headers: form, body: 'a=&'.repeat(2000) }, 413],
    [
      'an unknown charset',
      '/login',
      { headers: { ...json, 'Content-Type': 'application/json; charset=x' } },
      400,
    ],
    ['an unknown encoding', '/login', { headers: { ...json, 'Content-Encoding': 'x' }, body: '{}' }, 400],
    ['a broken gzip', '/login', { headers: { ...json, 'Content-Encoding': 'gzip' }, body: '{}' }, 400],
    ['a broken address', '/account/sessions/%E0%A4%A/end', { headers: json, body: '{}' }, 400],
  ])('gets a clear refusal: %s', async (_what, path, sent, status) => {
    const answer = await site.visitor().sends(path, { ...{ method: 'POST', body: '{}' }, ...sent });
    const problem = (await answer.json()) as Record<string, unknown>;
    expect([answer.status, problem['status']]).toEqual([status, status]);
    expect(problem['code']).toBe(status === 413 ? 'TOO_LARGE' : 'INVALID_INPUT');
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
  });

  it('gets a page where a page is wanted', async () => {
    const headers = { ...form, Accept: 'text/html' };
    const answer = await site
      .visitor()
      .sends('/login', { method: 'POST', headers, body: `a=${'x'.repeat(17_000)}` });
    expect([answer.status, answer.headers.get('content-type')]).toEqual([413, 'text/html; charset=utf-8']);
    expect(await answer.text()).toContain('The form is too large');
  });

  it.each([
    ['no HTTP at all', 'hello\r\n\r\n'],
    ['an unknown method', 'FROB / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'],
    ['a NUL in the address', 'GET /\u0000 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'],
    ['two lengths', 'POST /login HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nx'],
  ])('does not shake the server: %s', async (_what, bytes) => {
    expect(await raw(bytes)).toMatch(/^HTTP\/1\.1 4\d\d /);
  });

  it.each([
    'portal=x',
    'portal=s%3Ax.y',
    'portal=%E0%A4%A',
    'portal=s%3A.; portal=',
    `portal=${'x'.repeat(4000)}`,
  ])('is a visitor, whatever its cookie says: %s', async (cookie) => {
    const answer = await site
      .visitor()
      .sends('/invoices', { headers: { Cookie: cookie, Accept: 'application/json' } });
    expect(answer.status).toBe(401);
  });
});
