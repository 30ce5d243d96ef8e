import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TwoFactor } from 'nestjs-two-factor';
import { DataSource } from 'typeorm';
import { DocPage } from '../docs/support/doc-page.js';
import { withOwnPassport } from './support/own-passport.js';
import { hostFolder, UninstalledHost } from './support/uninstalled-host.js';
import type { ForeignHost, Member } from './support/foreign-host.js';
import { passwordOf, protectedMember } from './support/protected-member.js';

/** The compiler and a process of its own take longer than other stories. Milliseconds. */
const patience = 120_000;

/** The statements that the README gives an operator. */
const statements = (heading: string) =>
  new DocPage('modules/two-factor/README.md')
    .code('sql', heading)
    .split(/;\n?/)
    .filter((each) => each.trim() !== '');

const form = { 'Content-Type': 'application/x-www-form-urlencoded', Accept: 'text/html' };

/** The files of the host that import the package, in order. */
const askingFiles = readdirSync(hostFolder)
  .filter((file) => readFileSync(join(hostFolder, file), 'utf8').includes("from 'nestjs-two-factor"))
  .sort();

/** Every way in that the host has. */
const doors = [
  ['the stock guard', '/login'],
  ['a guard that signs in by itself', '/enter-by-itself'],
  ['a subclass of the wrapped guard', '/enter-derived'],
] as const;

describe('a host that took two-factor out by the README', () => {
  const uninstalled = new UninstalledHost();
  let host: ForeignHost;
  let leftover: string[];

  /** Starts the host with two-factor. It is loaded when its environment stands. */
  async function startsInstalled(): Promise<ForeignHost> {
    const { ForeignHost } = await import('./support/foreign-host.js');
    const { OpenApp } = await import('./host/open.app.js');
    return ForeignHost.start({ app: OpenApp });
  }

  beforeAll(async () => {
    process.env['HOST_DATABASE'] = uninstalled.database;
    process.env['HOST_KEYS'] = `2030:${randomBytes(32).toString('base64')}`;
    host = await startsInstalled();
    uninstalled.takesOut();
    leftover = uninstalled.broken();
    await uninstalled.start();
  }, patience);
  afterAll(async () => {
    await host.close();
    await uninstalled.close();
  });

  it('compiles without the package, which it cannot find any more', () => {
    expect(leftover).toEqual([]);
  });

  describe.each(doors)('at %s', (_kind, address) => {
    it('signs in an account without two-factor', async () => {
      const visitor = uninstalled.visitor();
      const { body } = await visitor.asks('POST', address, passwordOf(await host.member('Bob')));
      expect(body).toEqual({ welcome: true });
      expect((await visitor.goes('/invoices')).title).toBe('Invoices of Bob');
    });

    it('does not sign a protected account in by its password, and says what to do', async () => {
      const { member } = await protectedMember(host);
      const visitor = uninstalled.visitor();
      const { status, body } = await visitor.asks('POST', address, passwordOf(member));
      expect([status, body['message']]).toEqual([403, expect.stringContaining('contact support')]);
      expect((await visitor.goes('/invoices')).status).toBe(401);
    });

    it('does not sign a protected account in by a form', async () => {
      const { member } = await protectedMember(host);
      const visitor = uninstalled.visitor();
      const body = new URLSearchParams(passwordOf(member));
      const answer = await visitor.sends(address, { method: 'POST', headers: form, body });
      expect([answer.status, await answer.text()]).toEqual([403, expect.stringContaining('contact support')]);
      expect((await visitor.goes('/invoices')).status).toBe(401);
    });

    it('answers a wrong password of a protected account as any other', async () => {
      const { member } = await protectedMember(host);
      const wrong = { email: member.email, password: 'a guess' };
      expect((await uninstalled.visitor().asks('POST', address, wrong)).status).toBe(401);
    });
  });

  it('writes a refused sign-in to its log, with address and reason', async () => {
    const { member } = await protectedMember(host);
    await uninstalled.visitor().asks('POST', '/login', passwordOf(member));
    expect(uninstalled.log).toMatch(/refused sign-in ip=127\.0\.0\.1 reason=gate-missing/);
  });

  it('signs a protected account in again, with its code, once it is started with two-factor again', async () => {
    const { member, phone } = await protectedMember(host);
    expect((await uninstalled.visitor().asks('POST', '/login', passwordOf(member))).status).toBe(403);
    await withOwnPassport(async () => {
      const back = await startsInstalled();
      back.clock.set(host.clock.now());
      const visitor = back.visitor();
      const { body: pending } = await visitor.asks('POST', '/login', passwordOf(member));
      expect(pending['status']).toBe('challenge');
      const { body } = await visitor.asks('POST', '/login/challenge', { kind: 'totp', code: phone.code() });
      expect(body).toEqual({ status: 'signed-in' });
      expect((await visitor.goes('/invoices')).title).toBe('Invoices of Ann');
      await back.close();
    });
  });

  it('signs in by its password an account that turned two-factor off before', async () => {
    const { member, phone, visitor } = await protectedMember(host);
    await visitor.asks('POST', '/account/confirm', { password: member.password, code: phone.code() });
    await visitor.asks('POST', '/account/security/two-factor/disable', {});
    expect(await host.told(member)).toContain('two-factor.disabled');
    await signsIn(member);
  });

  it('signs an account in by its password that the operator reset before', async () => {
    const { member } = await protectedMember(host);
    const operator = { type: 'staff', id: 'the operator' } as const;
    await host.get(TwoFactor).reset(member.id, 'two-factor is taken out', operator);
    expect(await host.told(member)).toContain('two-factor.reset');
    await signsIn(member);
  });

  it('does not sign an account in that must set up again, and leads to the set-up once two-factor is back', async () => {
    const { member } = await protectedMember(host);
    const request = { mode: 're-enrol', reason: 'lost phone' } as const;
    await host.get(TwoFactor).reset(member.id, request, { type: 'staff', id: '7' });
    expect(await host.told(member)).toContain('two-factor.reset');
    for (const [, address] of doors) {
      const visitor = uninstalled.visitor();
      expect((await visitor.asks('POST', address, passwordOf(member))).status).toBe(403);
      expect((await visitor.goes('/invoices')).status).toBe(401);
    }
    await withOwnPassport(async () => {
      const back = await startsInstalled();
      back.clock.set(host.clock.now());
      const visitor = back.visitor();
      const { body } = await visitor.asks('POST', '/login', passwordOf(member));
      expect(body['status']).toBe('enrol');
      expect((await visitor.goes('/invoices')).status).toBe(401);
      await back.close();
    });
  });

  /** As the README tells the operator. */
  async function lowers({ email }: Member): Promise<void> {
    for (const statement of statements('Let an account in by its password'))
      await host.get(DataSource).query(statement.replace('ann@example.com', email));
  }

  it('signs an account in by its password after the operator has lowered its marker, and no other', async () => {
    const [{ member: ann }, { member: eve }] = [await protectedMember(host), await protectedMember(host)];
    await lowers(ann);
    await signsIn(ann);
    expect((await uninstalled.visitor().asks('POST', '/login', passwordOf(eve))).status).toBe(403);
  });

  it('stays blocked when its tables were dropped meanwhile, and two-factor is installed again', async () => {
    const { member } = await protectedMember(host);
    for (const statement of statements('For good')) await host.get(DataSource).query(statement);
    expect((await uninstalled.visitor().asks('POST', '/login', passwordOf(member))).status).toBe(403);
    await withOwnPassport(async () => {
      const back = await startsInstalled();
      for (const [, address] of doors) {
        const visitor = back.visitor();
        const { status, body } = await visitor.asks('POST', address, passwordOf(member));
        expect([status, body['message']]).toEqual([503, expect.stringContaining('damaged')]);
        expect((await visitor.goes('/invoices')).status).toBe(401);
      }
      // Either of the two hosts hands the event over.
      expect([...(await back.told(member)), ...(await host.told(member))]).toContain('two-factor.alarm');
      await back.close();
    });
  });

  async function signsIn(member: Member): Promise<void> {
    const visitor = uninstalled.visitor();
    expect((await visitor.asks('POST', '/login', passwordOf(member))).body).toEqual({ welcome: true });
    expect((await visitor.goes('/invoices')).title).toBe(`Invoices of ${member.name}`);
  }
});

describe('a host that only uninstalled the package', () => {
  const host = new UninstalledHost();
  afterAll(() => host.close());

  it(
    'does not compile: the compiler names each file that is left',
    () => {
      expect(askingFiles.length).toBeGreaterThan(5);
      expect(host.broken()).toEqual(askingFiles);
    },
    patience,
  );
});
