import { ConsoleLogger } from '@nestjs/common';
import { portal, type Portal } from '../support/portal/portal.js';

/** The lines of the log. */
class LogBook extends ConsoleLogger {
  readonly lines: string[] = [];

  override warn(message: unknown): void {
    this.lines.push(String(message));
  }

  override log(): void {}
  override error(): void {}
}

const log = new LogBook();
let site: Portal;
beforeAll(async () => {
  site = await portal({ modules: [], logger: log });
});
afterAll(() => site.close());

const wrong = 'not the password';

describe('guessing at a password', () => {
  it('ends after 5 failures, and then a right password is not even looked at', async () => {
    const ann = await site.account('Ann');
    const guesser = site.visitor();
    const statuses: number[] = [];
    for (let guess = 0; guess < 6; guess++)
      statuses.push((await guesser.signsIn({ ...ann, password: wrong })).status);
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429]);
    const right = await guesser.signsIn(ann);
    expect(right.status).toBe(429);
    expect(Number(right.headers.get('retry-after'))).toBeGreaterThan(200);
    expect(right.text).toContain('Too many attempts');
  });

  it('does not shut out the owner at another address', async () => {
    const ann = await site.account('Ann');
    const guesser = site.visitor();
    for (let guess = 0; guess < 6; guess++) await guesser.signsIn({ ...ann, password: wrong });
    expect((await site.visitor().signsIn(ann)).address).toBe('/');
  });

  it('is counted for every spelling of the address together', async () => {
    const ann = await site.account('Ann');
    const guesser = site.visitor();
    const spellings = [ann.email, ann.email.toUpperCase(), ` ${ann.email}`, `${ann.email} `, ann.email];
    for (const email of spellings) await guesser.asks('POST', '/login', { email, password: wrong });
    const answer = await guesser.asks('POST', '/login', { email: ann.email, password: ann.password });
    expect(answer.status).toBe(429);
  });

  it('of many accounts ends after 30 failures from one address', async () => {
    const guesser = site.visitor();
    const statuses: number[] = [];
    for (let guess = 0; guess < 31; guess++) {
      const email = `somebody-${guess}@example.com`;
      statuses.push((await guesser.asks('POST', '/login', { email, password: wrong })).status);
    }
    expect(statuses.slice(0, 30).every((status) => status === 401)).toBe(true);
    expect(statuses[30]).toBe(429);
  });

  it('is not free when many guesses arrive at the same instant', async () => {
    const ann = await site.account('Ann');
    const guesser = site.visitor();
    const guess = () => guesser.asks('POST', '/login', { email: ann.email, password: wrong });
    const statuses = (await Promise.all(Array.from({ length: 30 }, guess))).map(({ status }) => status);
    expect(statuses.filter((status) => status === 401)).toHaveLength(5);
    expect(statuses.filter((status) => status === 429)).toHaveLength(25);
  });

  it('is not what 20 simultaneous right sign-ins are taken for', async () => {
    const { email, password } = await site.account('Ann');
    const browsers = Array.from({ length: 20 }, () => site.visitor());
    for (const browser of browsers) browser.address = '10.255.0.1';
    const answers = await Promise.all(
      browsers.map((each) => each.asks('POST', '/login', { email, password })),
    );
    expect(answers.every(({ status }) => status === 200)).toBe(true);
  });

  it('writes a line with the address to the log, for tools that ban addresses', async () => {
    const guesser = site.visitor();
    await guesser.signsIn({ ...(await site.account('Ann')), password: wrong });
    expect(log.lines).toContain(`refused sign-in ip=${guesser.address} reason=credentials`);
  });
});
