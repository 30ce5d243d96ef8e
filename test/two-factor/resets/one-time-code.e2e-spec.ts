import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { TwoFactor } from 'nestjs-two-factor';
import { AuditEntryRow } from '../../../src/audit/audit-entry.entity.js';
import { forEachDatabase } from '../../support/databases/databases.js';
import { owner, pending, scans, type Owner } from '../../support/people/owner.js';
import { portal, type Portal } from '../../support/portal/portal.js';

const agent = { type: 'staff', id: 'sam' } as const;
const because = { mode: 'one-time-code', reason: 'phone in the repair shop' } as const;
const wrong = '0000-0000-0000-0000-0000';
const room = '/account/security/two-factor';
const tables = ['accounts', 'factors', 'tokens', 'attempts', 'events'].map((name) => `two_factor_${name}`);

forEachDatabase('a code that staff read out, on', (database) => {
  let site: Portal;
  let other: Portal;
  beforeAll(async () => {
    site = await portal({ database });
    other = await portal({ besides: site });
  });
  afterAll(async () => {
    await other.close();
    await site.close();
  });

  const passwordOf = ({ person: { email, password } }: Owner) => ({ email, password });

  async function handsOut({ person }: Owner): Promise<string> {
    const { oneTimeCode } = await site.app.get(TwoFactor, { strict: false }).reset(person.id, because, agent);
    await site.settled();
    return oneTimeCode?.code ?? '';
  }

  it('is the first way of the page, signs in on any node, and leads to a new set-up', async () => {
    const ann = await owner(site, 'Ann');
    const code = await handsOut(ann);
    expect(code).toMatch(/^\d{4}(-\d{4}){4}$/);
    const visitor = await pending(other, ann.person, '/invoices');
    expect(visitor.page.title).toBe('Enter the code from our help desk');
    expect(visitor.page.text).toContain('Use a backup code');
    const page = await visitor.submits({ code }, '/login/challenge');
    expect(page.address).toBe(`${room}/help-desk-code?returnTo=%2Finvoices`);
    expect(page.title).toBe('You signed in with a code from our help desk');
    await visitor.goes(page.link('Set up two-factor again'));
    const app = scans(site, await visitor.presses(`${room}/totp/setup`));
    const done = await visitor.submits({ code: app.code(), label: 'New phone' });
    expect(done.text).toContain('“New phone” replaces “My phone”');
    site.clock.passesSeconds(30);
    const later = await pending(site, ann.person);
    expect((await later.submits({ code: app.code() }, '/login/challenge')).address).toBe('/');
  });

  it('signs a program in, once, in the field of any kind; the kinds name it while it is open', async () => {
    const ann = await owner(site, 'Ann');
    const code = await handsOut(ann);
    const program = other.visitor();
    const held = await program.asks('POST', '/login', passwordOf(ann));
    const kinds = ['help-desk-code', 'totp', 'backup-codes'];
    expect(held.body).toMatchObject({ status: 'challenge', challenge: { kinds } });
    expect((await program.asks('GET', '/login/challenge')).body).toMatchObject({
      ...{ challenge: { kinds }, question: { kind: 'help-desk-code' } },
    });
    const typed = code.replaceAll('-', ' ');
    const { status, body } = await program.asks('POST', '/login/challenge', { kind: 'totp', code: typed });
    expect([status, body['status']]).toEqual([200, 'signed-in']);
    const again = site.visitor();
    const next = await again.asks('POST', '/login', passwordOf(ann));
    expect(next.body).toMatchObject({ challenge: { kinds: ['totp', 'backup-codes'] } });
    const used = await again.asks('POST', '/login/challenge', { code });
    expect([used.status, used.body['code'], used.body['reason']]).toEqual([401, 'PROOF_REFUSED', 'wrong']);
  });

  it('is not offered on the page when none is open, and is offered nowhere else', async () => {
    const ann = await owner(site, 'Ann');
    expect((await pending(site, ann.person)).page.text).not.toContain('help desk');
    const code = await handsOut(ann);
    const visitor = await pending(site, ann.person);
    await visitor.goes('/login/challenge?kind=totp');
    await visitor.submits({ code: ann.app.code() }, '/login/challenge');
    site.clock.passesMinutes(6);
    const confirm = await visitor.goes('/account/password');
    expect([confirm.title, confirm.text]).toEqual([
      ...['Confirm it’s you', expect.not.stringContaining('help desk')],
    ]);
    const { password } = ann.person;
    const refused = await visitor.asks('POST', '/account/confirm', { password, code });
    expect([refused.status, refused.body['code']]).toEqual([400, 'INVALID_INPUT']);
    expect((await visitor.goes(`${room}/help-desk-code`)).title).toBe('Confirm it’s you');
  });

  it('ends after ten minutes, with a sentence', async () => {
    const ann = await owner(site, 'Ann');
    const code = await handsOut(ann);
    const visitor = await pending(site, ann.person);
    site.clock.passesMinutes(9);
    const late = await pending(other, ann.person);
    site.clock.passesMinutes(1);
    expect((await visitor.asks('POST', '/login/challenge', { code })).status).toBe(401);
    const page = await late.submits({ code }, '/login/challenge');
    expect([page.status, page.text]).toEqual([401, expect.stringContaining('it no longer works')]);
    expect(page.title).toBe('Enter your security code');
  });

  it('is refused like any wrong code: five of them end the sign-in, and the owner’s factors still work', async () => {
    const ann = await owner(site, 'Ann');
    await handsOut(ann);
    const visitor = await pending(site, ann.person);
    for (let i = 1; i < 5; i += 1) {
      const page = await visitor.submits({ code: wrong }, '/login/challenge');
      expect([page.status, page.title]).toEqual([401, 'Enter the code from our help desk']);
    }
    const page = await visitor.submits({ code: wrong }, '/login/challenge');
    expect(page.title).toBe('Sign in again');
    const again = await pending(site, ann.person);
    const { body } = await again.asks('POST', '/login/challenge', { code: ann.app.code() });
    expect(body['status']).toBe('signed-in');
  });

  it('signs in once of twenty times at once, on two nodes', async () => {
    const ann = await owner(site, 'Ann');
    const code = await handsOut(ann);
    const helds = await Promise.all(
      Array.from({ length: 20 }, (_, i) => pending(i % 2 ? site : other, ann.person)),
    );
    const answers = await Promise.all(helds.map((held) => held.asks('POST', '/login/challenge', { code })));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ status }) => status >= 500)).toEqual([]);
  });

  it('is in no row, no mail and no audit entry; both mails say what happens next', async () => {
    const ann = await owner(site, 'Ann');
    const code = await handsOut(ann);
    const visitor = await pending(site, ann.person);
    const rows = [];
    for (const table of [...tables, 'audit_entries', 'mails', 'portal_events', 'sessions'])
      rows.push(await site.database.query(`SELECT * FROM ${table}`));
    await visitor.asks('POST', '/login/challenge', { code });
    await site.settled();
    rows.push(await site.database.manager.findBy(AuditEntryRow, { accountId: ann.person.id }));
    const outbox = join(site.config.dataFolder, 'outbox');
    for (const name of await readdir(outbox)) rows.push(await readFile(join(outbox, name), 'utf8'));
    const told = JSON.stringify(rows);
    expect(told).toContain('phone in the repair shop');
    for (const form of [code, code.replaceAll('-', '')]) expect(told).not.toContain(form);
    const subjects = (await site.inbox.of(ann.person.email)).map(({ subject }) => subject);
    expect(subjects).toEqual(
      expect.arrayContaining([
        'Our help desk made a code for one sign-in',
        'A code from our help desk was used',
      ]),
    );
  });

  it('ends sessions and trusted browsers when it is made, and trusts none', async () => {
    const ann = await owner(site, 'Ann');
    const trusted = await pending(site, ann.person);
    await trusted.submits({ code: ann.app.code(), trustDevice: 'on' }, '/login/challenge');
    await handsOut(ann);
    for (const each of [ann.visitor, trusted]) expect((await each.asks('GET', '/invoices')).status).toBe(401);
    expect((await trusted.asks('POST', '/login', passwordOf(ann))).body['status']).toBe('challenge');
    const fresh = await pending(site, ann.person);
    expect(fresh.page.attribute('[name=trustDevice]', 'name')).toBeUndefined();
  });
});
