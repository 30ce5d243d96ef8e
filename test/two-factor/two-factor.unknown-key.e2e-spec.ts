import { randomBytes, randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { LoggerService } from '@nestjs/common';
import { AuditEntryRow } from '../../src/audit/audit-entry.entity.js';
import { EppCodes } from '../../src/billing/epp-codes.js';
import { Services } from '../../src/billing/services/services.service.js';
import { MailRow } from '../../src/mail/queue/mail.entity.js';
import { keysCommand } from '../../src/two-factor/commands/keys.command.js';
import { printed } from '../support/portal/command-line.js';
import { forEachDatabase } from '../support/databases/databases.js';
import { confirms, pending, owner, type Owner } from '../support/people/owner.js';
import { portal, type Portal } from '../support/portal/portal.js';
import { Visitor } from '../support/people/visitor.js';

const random = () => randomBytes(32).toString('base64');
const secrets: Readonly<Record<string, string>> = { older: random(), newer: random(), never: random() };
const ring = (...ids: string[]) => ({ TWO_FACTOR_KEYS: ids.map((id) => `${id}:${secrets[id]}`).join(',') });

/** The errors that a portal logs while it starts. */
class Errors implements LoggerService {
  readonly said: string[] = [];
  log(): void {}
  warn(): void {}
  error(message: string): void {
    this.said.push(message);
  }
}

forEachDatabase('values of a key that the ring has not, on', (database) => {
  let site: Portal;
  let ahead: Portal;
  let ann: Owner;
  let cem: Owner;
  const errors = new Errors();
  const domain = randomUUID();
  const eppCode = 'Kx7-pQ2v$mR9';

  async function addDomain(node: Portal, accountId: string): Promise<void> {
    const now = node.clock.now();
    const times = { startedAt: now, dueAt: now, expiresAt: now };
    const price = { cents: 1590, currency: 'EUR', cycle: 'yearly', status: 'active' } as const;
    const facts = { id: domain, kind: 'domain', label: 'cem.example', registrarLock: false } as const;
    const services = node.app.get(Services, { strict: false });
    await services.add(accountId, [{ ...facts, ...price, ...times, eppCode }]);
  }

  beforeAll(async () => {
    const first = await portal({ database, env: ring('older') });
    ann = await owner(first, 'Ann');
    await owner(first, 'Bob');
    // A deploy under way: this node seals under the newer key already, and the other one has not heard of it.
    ahead = await portal({ besides: first, env: ring('newer', 'older') });
    cem = await owner(ahead, 'Cem');
    await addDomain(ahead, cem.person.id);
    await first.app.close();
    site = await portal({ besides: first, env: ring('older'), logger: errors });
  }, 120_000);
  afterAll(async () => {
    await site.close();
    await ahead.close();
  });

  const alarms = async ({ person }: Owner) => {
    await site.settled();
    const name = 'two-factor.alarm';
    const entries = await site.database.manager.findBy(AuditEntryRow, { accountId: person.id, name });
    return entries.map(({ data }) => JSON.parse(data) as { reason: string });
  };

  it('keep no node from starting: the log has one line that names key, sorts and numbers, and it is ready', async () => {
    expect(errors.said).toEqual([
      expect.stringMatching(
        /no key "newer", which sealed 2 factors, 2 drafts, 1 epp-codes\. .*put the key back, behind the others/,
      ),
    ]);
    expect((await site.visitor().asks('GET', '/readyz')).status).toBe(200);
  });

  it('are counted for the operator, and the command fails', async () => {
    const answer = await printed(site, [keysCommand], ['two-factor:keys'], ring('older'));
    expect(answer).toContain('Key "newer" is MISSING from the key ring. Values under it: 2 factors, ');
  });

  it('accept no answer, neither at a sign-in nor at a step-up, and raise the alarm once for each factor', async () => {
    const inside = await pending(ahead, cem.person);
    await inside.submits({ code: cem.app.code() });
    site.clock.advance(30_000);
    const { email, password } = cem.person;
    const visitor = site.visitor();
    await visitor.asks('POST', '/login', { email, password });
    const here = new Visitor(site.url);
    inside.cookies.copyTo(here.cookies);
    expect((await here.asks('GET', '/invoices')).status).toBe(200);
    for (let i = 0; i < 6; i += 1)
      for (const given of [
        { kind: 'totp', code: cem.app.code() },
        { kind: 'backup-codes', code: cem.codes[0] },
      ]) {
        const signIn = await visitor.asks('POST', '/login/challenge', given);
        const confirmed = await here.asks('POST', '/account/confirm', { ...given, password });
        expect([signIn.status, confirmed.status]).toEqual([503, 503]);
      }
    expect((await visitor.asks('GET', '/invoices')).status).toBe(401);
    const told = await alarms(cem);
    expect(told).toHaveLength(2);
    for (const { reason } of told)
      expect(reason).toBe('The encrypted value names the key "newer", which the key ring does not have.');
    expect(JSON.stringify(told)).not.toContain(secrets['newer']);
  });

  it('affect no other account, and no node that has the key', async () => {
    site.clock.advance(30_000);
    const [hers, his] = [await pending(site, ann.person), await pending(ahead, cem.person)];
    expect((await hers.submits({ code: ann.app.code() })).title).toBe('Welcome, Ann');
    expect((await his.submits({ code: cem.app.code() })).title).toBe('Welcome, Cem');
    site.clock.advance(30_000);
    await hers.goes('/account/confirm');
    expect((await confirms(ann, hers)).status).toBe(200);
    expect(await alarms(ann)).toEqual([]);
  });

  it('hide no browser that is trusted: its owner sees it, and can forget it', async () => {
    site.clock.advance(30_000);
    const his = await pending(ahead, ann.person);
    await his.submits({ code: ann.app.code(), trustDevice: 'on' });
    const here = new Visitor(site.url);
    his.cookies.copyTo(here.cookies);
    const page = await here.goes('/account/security');
    expect(page.status).toBe(200);
    expect(page.attribute('form[action*="/account/security/devices/"]', 'action')).toBeTruthy();
  });

  it('that move a domain are refused, and the log says so without the code', async () => {
    const codes = (node: Portal) => node.app.get(EppCodes, { strict: false }).open(cem.person.id, domain);
    expect(await codes(ahead)).toBe(eppCode);
    await expect(codes(site)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  });

  it('in the queue of mails keep neither the start nor any other mail back', async () => {
    const now = site.clock.now();
    const times = { dueAt: now, claimedUntil: 0, createdAt: now };
    const waiting = { state: 'waiting', tries: 0, fault: null } as const;
    const row = { id: 'odd', view: 'mail/odd', recipient: 'odd@example.com', letter: 'v1.never.AAAA.AAAA' };
    await site.database.manager.insert(MailRow, { ...row, ...waiting, ...times });
    const node = await portal({ besides: site, env: ring('older') });
    const dora = await owner(node, 'Dora');
    await node.sweeps();
    const subjects = (await node.inbox.of(dora.person.email)).map(({ subject }) => subject);
    expect(subjects).toEqual(['Two-factor authentication is on']);
    const odd = await site.database.manager.findOneByOrFail(MailRow, { id: 'odd' });
    expect([odd.state, odd.tries, odd.fault]).toEqual([
      'waiting',
      expect.any(Number),
      expect.stringContaining('cannot be opened'),
    ]);
    await node.close();
  });

  it('do keep it from starting where the ring opens nothing, though its keys may have the right ids', async () => {
    await expect(portal({ besides: site, env: ring('never') })).rejects.toThrow('has no key');
    const other = { TWO_FACTOR_KEYS: `older:${random()},newer:${random()}` };
    await expect(portal({ besides: site, env: other })).rejects.toThrow(/another key "older" and "newer"/);
  });
});

describe('a portal that lost its generated key', () => {
  it('does not start with a new one of the same name', async () => {
    const site = await portal();
    await owner(site, 'Ann');
    await site.app.close();
    await rm(join(site.config.dataFolder, 'two-factor-keys'));
    await expect(portal({ besides: site })).rejects.toThrow('another key "demo"');
    await site.close();
  });
});
