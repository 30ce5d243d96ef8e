import { randomUUID } from 'node:crypto';
import { AccountRow } from '../../src/accounts/account.entity.js';
import { AuditEntryRow } from '../../src/audit/audit-entry.entity.js';
import { ImpersonationSweep } from '../../src/impersonation/impersonation-sweep.js';
import { forEachDatabase } from '../support/databases/databases.js';
import { acts, agent } from '../support/people/agent.js';
import { domainOf } from '../support/people/dangerous-acts.js';
import { confirms, owner, type Owner } from '../support/people/owner.js';
import { portal, type Portal } from '../support/portal/portal.js';

const because = { reason: 'She asked why her invoice is so high.' };
const minute = 60_000;

forEachDatabase('an agent who logs in as a client on', (database) => {
  let site: Portal;
  let other: Portal;
  let sam: Owner;
  let ann: Owner;
  beforeAll(async () => {
    site = await portal({ database, env: { STAFF_ACTS_PER_DAY: '100' } });
    other = await portal({ database, besides: site, env: { STAFF_ACTS_PER_DAY: '100' } });
  });
  beforeEach(async () => {
    sam = await agent(site, 'Sam');
    ann = await owner(site, 'Ann');
  });
  afterAll(async () => {
    await other.close();
    await site.close();
  });

  const path = (): string => `/staff/clients/${ann.person.id}/impersonate`;
  const starts = (who = sam) => acts(site, who, path(), because);
  const begun = async (): Promise<void> => expect((await starts()).status).toBe(200);
  const seenAs = async (visitor = sam.visitor): Promise<unknown> => {
    const { body } = await visitor.asks('GET', '/');
    return (body['account'] as { email: string } | undefined)?.email;
  };
  async function told(accountId = ann.person.id): Promise<AuditEntryRow[]> {
    await site.app.get(ImpersonationSweep).sweep();
    await site.settled();
    return site.database.manager.find(AuditEntryRow, { where: { accountId }, order: { at: 'ASC' } });
  }
  const endings = async () =>
    (await told())
      .filter(({ name }) => name === 'impersonation.ended')
      .map(({ data }) => (JSON.parse(data) as { reason: string }).reason);

  it('confirms that it is them, gives a reason, and sees the client’s pages under a banner', async () => {
    await sam.visitor.goes(path());
    const asks = await sam.visitor.submits(because);
    expect(asks.text).toContain('Log in as Ann');
    site.clock.passesSeconds(31);
    const home = await confirms(sam, sam.visitor);
    expect([home.address, home.text.includes('Welcome, Ann')]).toEqual(['/', true]);
    for (const page of ['/', '/services', '/invoices', '/tickets', '/nowhere'])
      expect([page, (await sam.visitor.goes(page)).text.includes('Sam, you act as Ann.')]).toEqual([
        page,
        true,
      ]);
    const back = await sam.visitor.presses('/staff/impersonation/end');
    expect(back.address).toBe(`/staff/clients/${ann.person.id}`);
    expect([await seenAs(), back.text.includes('you act as')]).toEqual([sam.person.email, false]);
  });

  it('needs a reason, a step-up, a factor of their own, and a customer who is not suspended', async () => {
    expect((await sam.visitor.asks('POST', path(), because)).body['code']).toBe('STEP_UP_REQUIRED');
    expect((await acts(site, sam, path(), {})).status).toBe(400);
    const bare = site.visitor();
    await bare.signsIn(await site.account('Tom', 'support'));
    expect((await bare.asks('POST', path(), because)).body['code']).toBe('FORBIDDEN');
    for (const role of ['support', 'admin'] as const) {
      const { id } = await site.account('Eve', role);
      const { status, body } = await acts(site, sam, `/staff/clients/${id}/impersonate`, because);
      expect([role, status, body['reason']]).toEqual([role, 403, 'not-a-customer']);
    }
    await site.database.manager.update(AccountRow, { id: ann.person.id }, { suspendedAt: site.clock.now() });
    expect((await starts()).status).toBe(409);
    expect(await seenAs()).toBe(sam.person.email);
  });

  it('is not the client where the client is a customer, and not a customer where they are staff', async () => {
    const bob = await owner(site, 'Bob');
    expect((await bob.visitor.asks('POST', path(), because)).status).toBe(403);
    await begun();
    const list = await ann.visitor.goes('/account/sessions');
    expect([list.status, list.all('.row-item').length]).toEqual([200, 1]);
    expect(await seenAs()).toBe(ann.person.email);
    expect(await seenAs(ann.visitor)).toBe(ann.person.email);
  });

  it('ends after 30 minutes by the clock, however busy', async () => {
    await begun();
    for (let spent = 0; spent < 29; spent += 7) {
      site.clock.advance(Math.min(7, 29 - spent) * minute);
      expect([spent, await seenAs()]).toEqual([spent, ann.person.email]);
    }
    site.clock.advance(minute);
    expect(await seenAs()).toBe(sam.person.email);
    expect(await endings()).toEqual(['expired']);
  });

  it('ends with the sign-out of the agent, and with the session', async () => {
    await begun();
    await sam.visitor.goes('/');
    await sam.visitor.presses('/logout');
    expect(await endings()).toEqual(['session-ended']);
    sam = await agent(site, 'Sam');
    await begun();
    const { visitor } = sam;
    site.clock.advance(15 * minute);
    expect((await visitor.asks('GET', '/')).status).toBe(401);
    expect(await endings()).toEqual(['session-ended', 'session-ended']);
  });

  it.each([
    ['the client', 'stamp'],
    ['the client', 'suspendedAt'],
    ['the client', 'sessionsVersion'],
    ['the client', 'role'],
    ['the agent', 'stamp'],
    ['the agent', 'suspendedAt'],
  ] as const)('ends on every node when %s changes: %s', async (who, column) => {
    await begun();
    const twin = sam.visitor.twin(other.url);
    expect(await seenAs(twin)).toBe(ann.person.email);
    const { id } = (who === 'the client' ? ann : sam).person;
    const values = {
      stamp: randomUUID(),
      suspendedAt: site.clock.now(),
      sessionsVersion: 77,
      role: 'support',
    } as const;
    await site.database.manager.update(AccountRow, { id }, { [column]: values[column] });
    for (const visitor of [sam.visitor, twin]) {
      const { status } = await visitor.asks('GET', '/services');
      expect([status, (await seenAs(visitor)) === ann.person.email]).toEqual([
        who === 'the client' ? 200 : 401,
        false,
      ]);
    }
    expect(await endings()).toEqual(['account-changed']);
  });

  it('is named in every event: the agent acts, the client is concerned', async () => {
    await begun();
    await sam.visitor.goes('/tickets');
    const ticket = await sam.visitor.submits({ subject: 'By phone', body: 'She cannot read the invoice.' });
    await sam.visitor.submits({ body: 'More of it.' });
    await sam.visitor.presses('/staff/impersonation/end');
    const names = ['impersonation.started', 'ticket.opened', 'ticket.replied', 'impersonation.ended'];
    const entries = (await told()).filter(({ name }) => names.includes(name));
    // They have the same time, so their order is not told.
    expect(entries.map(({ name, actorType, actorId }) => [name, actorType, actorId]).sort()).toEqual(
      names.map((name) => [name, 'staff', sam.person.id]).sort(),
    );
    for (const { data } of entries) expect(JSON.parse(data)).toMatchObject({ agent: 'Sam' });
    expect(
      new Set(entries.map(({ data }) => (JSON.parse(data) as { impersonationId: string }).impersonationId))
        .size,
    ).toBe(1);
    const read = await ann.visitor.goes(ticket.address);
    expect(read.all('.message strong')).toEqual(['Sam', 'Sam']);
  });

  it('is told to the client: a mail, and plain words with the agent’s name in the history', async () => {
    await begun();
    await sam.visitor.goes('/');
    await sam.visitor.presses('/staff/impersonation/end');
    await site.settled();
    const mails = JSON.stringify(await site.inbox.of(ann.person.email));
    expect([
      mails.includes('Our staff uses your account to help you'),
      mails.includes(because.reason),
    ]).toEqual([true, false]);
    const { text } = await ann.visitor.goes('/account/security');
    expect(text).toContain('A member of our staff began to use your account to help you');
    expect(text).toContain('by Sam, our staff');
  });

  it('finds nothing of the client’s forms, and leaves no form of the agent’s', async () => {
    await sam.visitor.goes('/tickets');
    const mine = sam.visitor.twin();
    await begun();
    // Another tab of the same browser.
    sam.visitor.cookies.copyTo(mine.cookies);
    // A form of the agent's own page is not carried out for the client.
    const refused = await mine.submits({ subject: 'Mine', body: 'Of Sam.' });
    expect(refused.status).toBe(403);
    await sam.visitor.goes('/tickets');
    const acting = sam.visitor.twin();
    await sam.visitor.presses('/staff/impersonation/end');
    // And a form of the client's pages is not carried out for the agent.
    expect((await acting.submits({ subject: 'Hers', body: 'Of Ann.' })).status).toBe(403);
    for (const who of [ann, sam])
      expect((await who.visitor.asks('GET', '/tickets')).body['tickets']).toEqual([]);
  });

  it('is one of them at a time, and starts once of twelve at once', async () => {
    await begun();
    expect((await sam.visitor.asks('POST', path(), because)).status).toBe(403);
    const tom = await agent(site, 'Tom');
    const asked = await tom.visitor.asks('POST', path(), because);
    site.clock.passesSeconds(31);
    const proof = {
      password: tom.person.password,
      kind: 'totp',
      code: tom.app.code(),
      act: asked.body['act'],
    };
    expect((await tom.visitor.asks('POST', '/account/confirm', proof)).status).toBe(200);
    const nodes = [site, other];
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, place) =>
        tom.visitor.twin(nodes[place % 2]?.url).asks('POST', path(), because),
      ),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    const started = (await told()).filter(
      ({ name, actorId }) => name === 'impersonation.started' && actorId === tom.person.id,
    );
    expect(started).toHaveLength(1);
  });

  it('ends once, however often the button is pressed and wherever it is swept', async () => {
    await begun();
    const ends = (place: number) =>
      sam.visitor.twin((place % 2 ? site : other).url).asks('POST', '/staff/impersonation/end', {});
    const answers = await Promise.all(Array.from({ length: 8 }, (_, place) => ends(place)));
    expect(answers.map(({ status }) => status)).toEqual(Array<number>(8).fill(200));
    sam = await agent(site, 'Sam');
    await begun();
    site.clock.advance(14 * minute);
    await sam.visitor.asks('GET', '/');
    site.clock.advance(14 * minute);
    await sam.visitor.asks('GET', '/');
    site.clock.advance(2 * minute);
    await Promise.all([site, other].map((node) => node.app.get(ImpersonationSweep).sweep()));
    await other.settled();
    expect(await endings()).toEqual(['agent', 'expired']);
  });

  it('does not get an EPP code, whoever confirmed what', async () => {
    const id = await domainOf(site, ann.person);
    await begun();
    expect((await sam.visitor.asks('GET', `/services/${id}`)).status).toBe(200);
    const { status, body } = await sam.visitor.asks('POST', `/services/${id}/epp-code`);
    expect([status, body['code'], body['reason']]).toEqual([403, 'FORBIDDEN', 'impersonation']);
    expect((await sam.visitor.goes('/account/security')).text).toContain('Only for the owner');
  });
});
