import { Agent, get, type IncomingHttpHeaders } from 'node:http';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { pending, owner } from '../support/people/owner.js';
import { portal, type Portal } from '../support/portal/portal.js';
import type { Visitor } from '../support/people/visitor.js';

/** The most that the challenge page may weigh, in bytes over the wire: for a first visit, and for a later one. */
const most = { first: 60_000, later: 8_000 };
const browser = 'gzip, deflate, br, zstd';

let site: Portal;
let visitor: Visitor;
beforeAll(async () => {
  site = await portal();
  visitor = await pending(site, (await owner(site, 'Ann')).person);
});
afterAll(() => site.close());

interface Arrived {
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** Head and body, as they came through the socket. */
  readonly bytes: number;
}

/** One request on a connection of its own, so that all its bytes can be counted, without decompression. */
function fetches(path: string, accepts?: string): Promise<Arrived> {
  const headers = { Cookie: visitor.cookies.header, Accept: 'text/html', 'X-Forwarded-For': visitor.address };
  const coded = accepts === undefined ? {} : { 'Accept-Encoding': accepts };
  return new Promise((resolve, reject) => {
    const options = { agent: new Agent({ keepAlive: false }), headers: { ...headers, ...coded } };
    get(`${site.url}${path}`, options, (answer) => {
      const pieces: Buffer[] = [];
      const { socket } = answer;
      answer.on('data', (piece: Buffer) => pieces.push(piece));
      answer.on('end', () =>
        resolve({ headers: answer.headers, body: Buffer.concat(pieces), bytes: socket.bytesRead }),
      );
    }).on('error', reject);
  });
}

function assetsOf(page: Arrived): string[] {
  return [...page.body.toString().matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].map(([, path = '']) => path);
}

async function weight(accepts: string): Promise<number> {
  const page = await fetches('/login/challenge', accepts);
  const assets = await Promise.all(assetsOf(page).map((path) => fetches(path, accepts)));
  return [page, ...assets].reduce((sum, { bytes }) => sum + bytes, 0);
}

describe('the challenge page', () => {
  it.each([browser, 'gzip'])(
    'stays within the size of a first visit, for clients that accept %s',
    async (accepts) => {
      const bytes = await weight(accepts);
      process.stdout.write(`first visit (${accepts}): ${bytes} bytes\n`);
      expect(bytes).toBeLessThanOrEqual(most.first);
    },
  );

  it('never weighs more than a later visit may, and has one stylesheet', async () => {
    const page = await fetches('/login/challenge', browser);
    process.stdout.write(`later visit: ${page.bytes} bytes\n`);
    expect(page.bytes).toBeLessThanOrEqual(most.later);
    expect(page.body.toString()).toContain('Security code');
    expect(assetsOf(page).filter((path) => path.endsWith('.css'))).toHaveLength(1);
  });

  it('is never packed: it has secrets beside what a stranger may have sent', async () => {
    const { headers } = await fetches('/login/challenge', browser);
    expect(headers['content-encoding']).toBeUndefined();
    expect(headers['cache-control']).toBe('no-store');
  });
});

describe('assets', () => {
  const stylesheet = async () =>
    assetsOf(await fetches('/login/challenge')).find((path) => path.endsWith('.css')) ?? '';

  it('are the same file, however they are packed', async () => {
    const path = await stylesheet();
    const plain = await fetches(path);
    expect(plain.headers['content-encoding']).toBeUndefined();
    expect(plain.body.length).toBeGreaterThan(100_000);
    const [brotli, gzip] = [await fetches(path, browser), await fetches(path, 'gzip, br;q=0')];
    expect([brotli.headers['content-encoding'], gzip.headers['content-encoding']]).toEqual(['br', 'gzip']);
    expect(brotliDecompressSync(brotli.body).equals(plain.body)).toBe(true);
    expect(gunzipSync(gzip.body).equals(plain.body)).toBe(true);
  });

  it('are not asked for again within a year, and set no cookie', async () => {
    const paths = assetsOf(await fetches('/login/challenge'));
    expect(paths.length).toBeGreaterThan(2);
    for (const path of paths) {
      expect(path).toMatch(/\.[0-9a-f]{12}\.\w+$/);
      const { headers } = await fetches(path, browser);
      expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
      expect(headers['vary']).toContain('Accept-Encoding');
      expect(headers['set-cookie']).toBeUndefined();
    }
  });
});
