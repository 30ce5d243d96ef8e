import { ConsoleLogger } from '@nestjs/common';
import { DocPage } from '../docs/support/doc-page.js';
import { pending, owner } from '../support/people/owner.js';
import { portal, type Portal } from '../support/portal/portal.js';

/** The warnings of the log. */
class LogBook extends ConsoleLogger {
  private readonly lines: string[] = [];

  override warn(message: unknown): void {
    this.lines.push(String(message));
  }

  override log(): void {}
  override error(): void {}

  /** The lines with this beginning about one address, so that tests do not meet. */
  of(beginning: string, address: string): string[] {
    return this.lines.filter((line) => line.startsWith(beginning) && line.includes(` ip=${address} `));
  }
}

const log = new LogBook();
let site: Portal;
beforeAll(async () => {
  site = await portal({ logger: log });
});
afterAll(() => site.close());

const wrong = 'not the password';

describe('a refusal by a limit writes one line', () => {
  it('for each throttled code, the same for a right and a wrong one', async () => {
    const ann = await owner(site, 'Ann');
    const visitor = await pending(site, ann.person);
    const answers = (code: string) => visitor.asks('POST', '/login/challenge', { kind: 'totp', code });
    for (let miss = 0; miss < 5; miss += 1) await answers(ann.app.code(200));
    const until = new Date(site.clock.now() + 60_000).toISOString();
    const { email, password } = ann.person;
    await visitor.asks('POST', '/login', { email, password });
    for (const code of [ann.app.code(), ann.app.code(200)]) await answers(code);
    const line = `throttled limit=account account=${ann.person.id} ip=${visitor.address} until=${until}`;
    const ended = `throttled limit=pending-login account=${ann.person.id} ip=${visitor.address} until=-`;
    expect(log.of('throttled', visitor.address)).toEqual([ended, line, line]);
    expect(filters().map((filter) => filter.test(line))).toEqual([false, false, true]);
  });

  it('for each throttled password, without the address that was typed', async () => {
    const ann = await site.account('Ann');
    const guesser = site.visitor();
    for (let guess = 0; guess < 5; guess += 1) await guesser.signsIn({ ...ann, password: wrong });
    expect(log.of('throttled', guesser.address)).toEqual([]);
    await guesser.signsIn(ann);
    await guesser.asks('POST', '/login', { email: ann.email, password: wrong });
    const lines = log.of('throttled', guesser.address);
    expect(lines).toHaveLength(2);
    for (const line of lines)
      expect(line).toMatch(/^throttled limit=password-account account=- ip=\S+ until=\d{4}-\d\d-\d\dT\S+Z$/);
  });

  it('for each link that was asked for too often', async () => {
    const { email } = await site.account('Ann');
    const visitor = site.visitor();
    for (let time = 0; time < 6; time += 1) await visitor.asks('POST', '/password/forgot', { email });
    const lines = log.of('throttled', visitor.address);
    expect(lines.map((line) => line.split(' until=')[0])).toEqual([
      `throttled limit=reset-link-email account=- ip=${visitor.address}`,
    ]);
  });

  it('for each new e-mail address that was asked for too often, with the account', async () => {
    const { person, visitor, app } = await owner(site, 'Ann');
    site.clock.passesSeconds(60);
    const proof = { password: person.password, kind: 'totp', code: app.code() };
    await visitor.asks('POST', '/account/confirm', proof);
    for (let time = 0; time < 6; time += 1)
      await visitor.asks('POST', '/account/email', { email: `new${time}-${person.email}` });
    const [line, ...more] = log.of('throttled limit=email', visitor.address);
    expect(line).toContain(`limit=email-change-account account=${person.id} `);
    expect(more).toEqual([]);
  });
});

/** The filters of fail2ban in the docs. */
function filters(): RegExp[] {
  const [, lines = ''] = /^failregex = (.+(?:\n +.+)*)$/m.exec(new DocPage('docs/operate.md').text) ?? [];
  const written = lines.split('\n').map((line) => line.trim().replace('<HOST>', String.raw`[\d.:a-f]+`));
  return written.map((line) => new RegExp(`^${line}$`));
}

describe('a wrong security code writes a line for tools that ban addresses', () => {
  it('at a sign-in, in the form of a wrong password, and at a confirmation', async () => {
    const ann = await owner(site, 'Ann');
    const visitor = await pending(site, ann.person);
    await visitor.asks('POST', '/login/challenge', { kind: 'totp', code: ann.app.code(200) });
    const refused = log.of('refused', visitor.address);
    expect(refused).toEqual([`refused sign-in ip=${visitor.address} reason=code`]);
    expect(filters().some((filter) => filter.test(refused[0] ?? ''))).toBe(true);
    const { password } = ann.person;
    await ann.visitor.asks('POST', '/account/confirm', { password, kind: 'totp', code: ann.app.code(200) });
    const lines = log.of('refused', ann.visitor.address);
    expect(lines).toEqual([`refused confirmation ip=${ann.visitor.address} reason=code`]);
    expect(filters().some((filter) => filter.test(lines[0] ?? ''))).toBe(true);
  });
});

describe('a wrong password at a confirmation writes a line for tools that ban addresses', () => {
  it('in the form of a wrong password at a sign-in', async () => {
    const { visitor, app } = await owner(site, 'Ann');
    await visitor.asks('POST', '/account/confirm', { password: wrong, kind: 'totp', code: app.code() });
    const lines = log.of('refused', visitor.address);
    expect(lines).toEqual([`refused confirmation ip=${visitor.address} reason=credentials`]);
    expect(filters().some((filter) => filter.test(lines[0] ?? ''))).toBe(true);
  });
});
