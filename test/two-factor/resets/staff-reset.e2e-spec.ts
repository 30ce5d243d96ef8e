import { AuditEntryRow } from '../../../src/audit/audit-entry.entity.js';
import { forEachDatabase } from '../../support/databases/databases.js';
import { acts, agent, confirmsAct } from '../../support/people/agent.js';
import { confirms, owner, pending, type Owner } from '../../support/people/owner.js';
import type { JsonAnswer } from '../../support/people/visitor.js';
import { portal, type Portal } from '../../support/portal/portal.js';

const reason = 'The caller lost the phone.';
const modes = ['one-time-code', 're-enrol', 'disable'];
const room = ({ person: { id } }: Pick<Owner, 'person'>) => `/staff/clients/${id}/two-factor/reset`;
const told = ({ status, body }: JsonAnswer) => [status, body['code'] ?? body['status'], body['reason']];

forEachDatabase('an agent who resets the two-factor of a client, on', (database) => {
  let site: Portal;
  let other: Portal;
  let sam: Owner | undefined;
  beforeAll(async () => {
    site = await portal({ database, env: { STAFF_ACTS_PER_DAY: '1000' } });
    other = await portal({ besides: site, env: { STAFF_ACTS_PER_DAY: '1000' } });
  });
  beforeEach(async () => {
    sam = await agent(site, 'Sam');
  });
  afterAll(async () => {
    await other.close();
    await site.close();
  });

  const resets = (ann: Pick<Owner, 'person'>, mode: string, more: object = {}, who = sam!) =>
    acts(site, who, room(ann), { ...{ reason, mode }, ...more });
  const events = async ({ person }: Pick<Owner, 'person'>) => {
    await site.settled();
    const where = { accountId: person.id, name: 'two-factor.reset' };
    return site.database.manager.findBy(AuditEntryRow, where);
  };

  async function changesPassword(ann: Owner): Promise<void> {
    await ann.visitor.goes('/account/password');
    await confirms(ann, ann.visitor);
    await ann.visitor.submits({ newPassword: 'another long password' });
  }

  it('reads a code out to the caller, who is signed in with it: on the pages', async () => {
    const ann = await owner(site, 'Ann');
    const { visitor, app, person } = sam!;
    site.clock.passesSeconds(30);
    await visitor.goes(room(ann));
    expect(visitor.page.text).toContain('Make a code for one sign-in');
    const form = { reason, mode: 'one-time-code' };
    const confirm = await visitor.submits(form, room(ann));
    expect(confirm.text).toContain('Reset the two-factor authentication of Ann');
    const page = await visitor.submits({ password: person.password, code: app.code() });
    expect([page.status, page.title]).toEqual([200, 'Code for one sign-in']);
    expect(page.headers.get('cache-control')).toBe('no-store');
    const [code = ''] = page.all('[data-one-time-code]');
    expect((await visitor.goes(`/staff/clients/${ann.person.id}`)).text).not.toContain(code);
    const caller = await pending(other, ann.person);
    expect((await caller.submits({ code }, '/login/challenge')).title).toContain('You signed in with a code');
  });

  it('gets the code in JSON, and every mode in the audit, in the agent’s name', async () => {
    for (const mode of modes) {
      const ann = await owner(site, 'Ann');
      const answer = await resets(ann, mode);
      expect([answer.status, answer.body]).toMatchObject([
        200,
        { status: 'done', act: 'two-factor.reset', mode },
      ]);
      expect('code' in answer.body).toBe(mode === 'one-time-code');
      const [entry, ...more] = await events(ann);
      expect([entry?.actorType, entry?.actorId, more]).toEqual(['staff', sam!.person.id, []]);
      expect(JSON.parse(entry?.data ?? '{}')).toEqual({ mode, reason });
    }
  });

  it('leads to what each mode says', async () => {
    const states = ['challenge', 'enrol', 'signed-in'];
    for (const [place, mode] of modes.entries()) {
      const ann = await owner(site, 'Ann');
      await resets(ann, mode);
      expect((await ann.visitor.asks('GET', '/invoices')).status).toBe(401);
      const { email, password } = ann.person;
      const { body } = await other.visitor().asks('POST', '/login', { email, password });
      expect([mode, body['status']]).toEqual([mode, states[place]]);
    }
  });

  it.each([
    ['no reason', { reason: ' ' }],
    ['no mode', { mode: undefined }],
    ['a mode that does not exist', { mode: 'delete' }],
    ['a ticket of another client', { ticket: 'T-00000000' }],
  ])('is refused with %s, and nothing has changed', async (_what, more) => {
    const ann = await owner(site, 'Ann');
    expect(told(await resets(ann, 're-enrol', more))).toEqual([400, 'INVALID_INPUT', undefined]);
    expect(await events(ann)).toEqual([]);
    expect((await pending(site, ann.person)).page.address).toBe('/login/challenge');
  });

  it('is told that there is nothing to reset', async () => {
    const bob = { person: await site.account('Bob') };
    for (const mode of modes)
      expect(told(await resets(bob, mode))).toEqual([409, 'CONFLICT', 'nothing-to-do']);
    expect(await events(bob)).toEqual([]);
    const page = await sam!.visitor.goes(room(bob));
    expect(page.text).toContain('There is nothing to reset');
  });

  it('may not reset themselves; a peer or an administrator only with a second one', async () => {
    const [eve, kim] = [await agent(site, 'Eve'), await agent(site, 'Kim', 'admin')];
    expect(told(await resets(sam!, 're-enrol'))).toEqual([403, 'FORBIDDEN', 'own-account']);
    for (const each of [eve, kim])
      expect(told(await resets(each, 're-enrol'))).toEqual([202, 'approval-requested', undefined]);
    expect([...(await events(eve)), ...(await events(kim))]).toEqual([]);
  });

  it('may not without a factor of their own, or without confirming it', async () => {
    const ann = await owner(site, 'Ann');
    const person = await site.account('Tim', 'support');
    const visitor = site.visitor();
    await visitor.signsIn(person);
    const bare = await visitor.asks('POST', room(ann), { reason, mode: 're-enrol' });
    expect([bare.status, bare.body['code']]).toEqual([403, 'FORBIDDEN']);
    const stale = await sam!.visitor.asks('POST', room(ann), { reason, mode: 're-enrol' });
    expect([stale.status, stale.body['code']]).toEqual([403, 'STEP_UP_REQUIRED']);
    const client = await ann.visitor.asks('POST', room(ann), { reason, mode: 're-enrol' });
    expect(client.status).toBe(403);
    expect(await events(ann)).toEqual([]);
  });

  it('needs a second agent within 24 hours after a change of the password', async () => {
    const ann = await owner(site, 'Ann');
    await changesPassword(ann);
    const [asker, approver] = [await agent(site, 'Lea'), await agent(site, 'Mia', 'admin')];
    const asked = await resets(ann, 're-enrol', {}, asker);
    expect(told(asked)).toEqual([202, 'approval-requested', undefined]);
    expect(await events(ann)).toEqual([]);
    const { id } = asked.body['approval'] as { id: string };
    const done = await acts(site, approver, `/staff/approvals/${id}/approve`, {});
    expect([done.status, done.body]).toMatchObject([200, { status: 'done', mode: 're-enrol' }]);
    const [entry] = await events(ann);
    expect(entry?.actorId).toBe(asker.person.id);
    const data = { mode: 're-enrol', reason, approvedBy: approver.person.id };
    expect(JSON.parse(entry?.data ?? '{}')).toEqual(data);
    const eve = await owner(site, 'Eve');
    await changesPassword(eve);
    site.clock.passesMinutes(24 * 60);
    const [kim] = [await agent(site, 'Kim')];
    expect((await resets(eve, 're-enrol', {}, kim)).status).toBe(200);
  });

  it('resets once when two agents press at once, on two nodes, and when one presses twice', async () => {
    const [kim, lea] = [await agent(site, 'Kim'), await agent(site, 'Lea')];
    for (const mode of modes) {
      const ann = await owner(site, 'Ann');
      const body = { reason, mode };
      for (const who of [kim, lea]) {
        const asked = await who.visitor.asks('POST', room(ann), body);
        await confirmsAct(site, who, String(asked.body['act']));
      }
      const presses = [kim.visitor, lea.visitor.twin(other.url), kim.visitor.twin(other.url)];
      const answers = await Promise.all(presses.map((each) => each.asks('POST', room(ann), body)));
      expect(answers.filter(({ status }) => status === 200).length).toBeGreaterThan(0);
      for (const answer of answers) expect([200, 409]).toContain(answer.status);
      expect(await events(ann)).toHaveLength(1);
      if (mode !== 'one-time-code') continue;
      const [code] = answers.flatMap(({ status, body }) => (status === 200 ? [body['code']] : []));
      const caller = await pending(site, ann.person);
      expect((await caller.asks('POST', '/login/challenge', { code })).status).toBe(200);
    }
  });

  it('starts the brake, in every mode', async () => {
    for (const mode of modes) {
      const ann = await owner(site, 'Ann');
      expect((await resets(ann, mode)).status).toBe(200);
      await site.settled();
      const where = { accountId: ann.person.id, name: 'two-factor.brake.started' };
      const [entry] = await site.database.manager.findBy(AuditEntryRow, where);
      expect(JSON.parse(entry?.data ?? '{}')).toMatchObject({ cause: 'reset' });
    }
  });

  it('does not find a button for what is required, and gets a sentence', async () => {
    const strict = await portal({ besides: site, env: { REQUIRE_TWO_FACTOR: 'everyone' } });
    try {
      const ann = await owner(site, 'Ann');
      const [kim] = [await agent(site, 'Kim')];
      const visitor = kim.visitor.twin(strict.url);
      const page = await visitor.goes(room(ann));
      expect(page.text).toContain('Have it set up again');
      expect(page.text).not.toContain('Turn two-factor off');
      const refused = await acts(site, { ...kim, visitor }, room(ann), { reason, mode: 'disable' });
      expect(told(refused)).toEqual([409, 'CONFLICT', 'required']);
      expect(await events(ann)).toEqual([]);
    } finally {
      await strict.close();
    }
  });
});
