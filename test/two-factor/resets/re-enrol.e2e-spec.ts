import { TwoFactor } from 'nestjs-two-factor';
import { AuditEntryRow } from '../../../src/audit/audit-entry.entity.js';
import { statusCommand } from '../../../src/two-factor/commands/status.command.js';
import { forEachDatabase } from '../../support/databases/databases.js';
import { AuthenticatorApp } from '../../support/people/authenticator-app.js';
import { keyOwner, originOf } from '../../support/people/key-owner.js';
import { codesOn, owner, pending, scans, type Owner } from '../../support/people/owner.js';
import { printed } from '../../support/portal/command-line.js';
import { portal, type Portal } from '../../support/portal/portal.js';
import type { Visitor } from '../../support/people/visitor.js';

const agent = { type: 'staff', id: 'sam' } as const;
const because = { mode: 're-enrol', reason: 'lost phone' } as const;
const passwordOf = ({ person: { email, password } }: Pick<Owner, 'person'>) => ({ email, password });

/** What a person may want, and a program. */
const rooms = ['/', '/invoices', '/account/security', '/account/password', '/account/sessions', '/tickets'];

forEachDatabase('an account that must set up again, on', (database) => {
  let site: Portal;
  let other: Portal;
  beforeAll(async () => {
    site = await portal({ database, env: { PASSKEY_SIGN_IN: 'everyone' } });
    other = await portal({ besides: site, env: { PASSKEY_SIGN_IN: 'everyone' } });
  });
  afterAll(async () => {
    await other.close();
    await site.close();
  });

  async function resets({ person }: Pick<Owner, 'person'>, on = site) {
    const done = await on.app.get(TwoFactor, { strict: false }).reset(person.id, because, agent);
    await on.settled();
    return done;
  }

  /** Nothing but the set-up is reachable after the password, on no node, by no page and no program. */
  async function isShut(ann: Pick<Owner, 'person'>, nodes: readonly Portal[] = [site, other]): Promise<void> {
    for (const node of nodes) {
      const program = node.visitor();
      const { status, body } = await program.asks('POST', '/login', passwordOf(ann));
      expect([status, body]).toEqual([200, expect.objectContaining({ status: 'enrol', mustEnroll: true })]);
      for (const room of [...rooms, '/login/challenge', '/login/recovery'])
        expect([room, (await program.asks('GET', room)).status]).toEqual([room, 401]);
      const visitor = node.visitor();
      const page = await visitor.signsIn(ann.person);
      expect([page.status, page.address]).toEqual([200, '/login/enrol/totp']);
      expect(page.text).toContain(
        'Our staff reset your two-factor authentication. Set it up again to sign in.',
      );
      for (const room of rooms) expect((await visitor.goes(room)).address).toBe('/login/enrol/totp');
    }
  }

  async function setsUp(visitor: Visitor, node = site) {
    const app = scans(node, await visitor.presses('/login/enrol/totp/setup'));
    const codes = codesOn(await visitor.submits({ code: app.code(), label: 'New phone' }));
    return { app, codes };
  }

  it('loses its sessions, app, codes, trusted browsers and passkeys; its owner gets a mail', async () => {
    const ann = await owner(site, 'Ann');
    const trusted = await pending(site, ann.person);
    await trusted.submits({ code: ann.app.code(), trustDevice: 'on' }, '/login/challenge');
    site.clock.passesSeconds(60);
    const waiting = await pending(site, ann.person);
    expect(await resets(ann)).toEqual({ mode: 're-enrol', reset: true });
    for (const each of [ann.visitor, trusted]) expect((await each.asks('GET', '/invoices')).status).toBe(401);
    for (const code of [ann.app.code(), ann.codes[0]])
      expect((await waiting.asks('POST', '/login/challenge', { code })).status).toBe(401);
    expect((await trusted.asks('POST', '/login', passwordOf(ann))).body['status']).toBe('enrol');
    await isShut(ann);
    const mails = (await site.inbox.of(ann.person.email)).map(({ subject }) => subject);
    expect(mails).toContain('Set up two-factor authentication again');
  });

  it('is not opened by a passkey alone that it had', async () => {
    const eve = await keyOwner(site, 'Eve');
    const visitor = site.visitor();
    const { body } = await visitor.asks('GET', '/login/passwordless');
    const response = eve.key.answers(body['publicKey'] as { challenge: string }, originOf(site));
    await resets(eve);
    expect((await visitor.asks('POST', '/login/passwordless', { response })).status).toBe(401);
    expect((await visitor.asks('GET', '/invoices')).status).toBe(401);
    await isShut(eve);
  });

  it('signs in by the set-up, with new codes, and is then like any other account', async () => {
    const ann = await owner(site, 'Ann');
    await resets(ann);
    const visitor = await pending(other, ann.person, '/invoices');
    const { app, codes } = await setsUp(visitor, other);
    expect(codes).toHaveLength(10);
    await visitor.presses('/account/security/two-factor/backup-codes/saved');
    expect(visitor.page.address).toBe('/invoices');
    site.clock.passesSeconds(30);
    const later = await pending(site, ann.person);
    expect(later.page.address).toBe('/login/challenge');
    const old = await later.asks('POST', '/login/challenge', { code: ann.codes[0] });
    expect(old.status).toBe(401);
    const { body } = await later.asks('POST', '/login/challenge', { code: app.code() });
    expect(body).toMatchObject({ status: 'signed-in' });
    const security = await later.asks('GET', '/account/security');
    expect(security.body).toMatchObject({ enabled: true });
    expect(security.body).not.toHaveProperty('mustEnroll');
  });

  it('signs in by the set-up of a program', async () => {
    const ann = await owner(site, 'Ann');
    await resets(ann);
    const program = site.visitor();
    await program.asks('POST', '/login', passwordOf(ann));
    const { draft } = (await program.asks('POST', '/login/enrol/totp/setup', {})).body as {
      draft: { uri: string };
    };
    const code = AuthenticatorApp.scans(draft.uri, site.clock).code();
    const { status, body } = await program.asks('POST', '/login/enrol/totp/confirm', { code });
    expect([status, body['status'], (body['backupCodes'] as string[]).length]).toEqual([200, 'enabled', 10]);
    expect((await program.asks('GET', '/invoices')).status).toBe(200);
  });

  it('stays shut over weeks and restarts', async () => {
    const ann = await owner(site, 'Ann');
    await resets(ann);
    site.clock.passesMinutes(40 * 24 * 60);
    await site.sweeps();
    const again = await portal({ besides: site });
    try {
      await isShut(ann, [again, other]);
    } finally {
      await again.close();
    }
  });

  it('stays shut when the module is taken out, and while it is back', async () => {
    const ann = await owner(site, 'Ann');
    await resets(ann);
    const without = await portal({ besides: site, modules: [] });
    const visitor = without.visitor();
    expect((await visitor.signsIn(ann.person)).status).toBe(403);
    expect((await visitor.goes('/invoices')).address).toBe('/login?returnTo=%2Finvoices');
    await without.close();
    await isShut(ann);
    await site.settled();
    const entries = await site.database.manager.findBy(AuditEntryRow, { accountId: ann.person.id });
    expect(entries.map(({ name }) => name)).not.toContain('two-factor.alarm');
  });

  it('is opened by none of its rows being lost', async () => {
    for (const table of ['two_factor_accounts', 'two_factor_tokens']) {
      const ann = await owner(site, 'Ann');
      await resets(ann);
      await site.database.query(`DELETE FROM ${table} WHERE account_id = '${ann.person.id}'`);
      const visitor = other.visitor();
      const { status, body } = await visitor.asks('POST', '/login', passwordOf(ann));
      expect([200, 503]).toContain(status);
      expect(body['status']).not.toBe('signed-in');
      expect((await visitor.asks('GET', '/invoices')).status).toBe(401);
    }
  });

  it('is named by the status on the command line and by the client’s page', async () => {
    const ann = await owner(site, 'Ann');
    await resets(ann);
    const status = (...words: string[]) =>
      printed(site, [statusCommand], ['two-factor:status', ann.person.email, ...words]);
    expect(await status()).toContain('two-factor must be set up again at the next sign-in');
    expect(JSON.parse(await status('--json'))).toMatchObject({ enabled: false, mustEnroll: true });
    const mia = await owner(site, 'Mia', { person: await site.account('Mia', 'admin') });
    const page = await mia.visitor.goes(`/staff/clients/${ann.person.id}`);
    expect(page.text).toContain('Must be set up again');
    const { body } = await mia.visitor.asks('GET', `/staff/clients/${ann.person.id}`);
    expect(JSON.stringify(body)).toContain('"mustEnroll":true');
  });

  it('gets the same by two agents at once, on two nodes: done once', async () => {
    const ann = await owner(site, 'Ann');
    const both = await Promise.allSettled([resets(ann), resets(ann, other)]);
    const done = both.filter((each) => each.status === 'fulfilled' && each.value.reset);
    expect(done).toHaveLength(1);
    for (const each of both)
      if (each.status === 'rejected') expect(each.reason).toMatchObject({ code: 'CONFLICT' });
    const told = await site.database.manager.findBy(AuditEntryRow, {
      ...{ accountId: ann.person.id, name: 'two-factor.reset' },
    });
    expect(told).toHaveLength(1);
    expect(await resets(ann)).toEqual({ mode: 're-enrol', reset: false });
  });
});
