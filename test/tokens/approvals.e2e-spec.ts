import { randomUUID } from 'node:crypto';
import { jest } from '@jest/globals';
import { TwoFactor } from 'nestjs-two-factor';
import { AccountRow } from '../../src/accounts/account.entity.js';
import { ApiTokens } from '../../src/api-tokens/rows/api-tokens.js';
import { AuditEntryRow } from '../../src/audit/audit-entry.entity.js';
import { EppRelease } from '../../src/billing/epp-release.js';
import { ServiceRow } from '../../src/billing/services/service.entity.js';
import { forEachDatabase } from '../support/databases/databases.js';
import { domainOf as newDomain, eppCode as code } from '../support/people/dangerous-acts.js';
import { confirms, owner, type Owner } from '../support/people/owner.js';
import { confirmsAct, makesToken, type Program } from '../support/people/program.js';
import { portal, type Portal } from '../support/portal/portal.js';
import type { JsonAnswer } from '../support/people/visitor.js';

interface AskedApproval {
  readonly id: string;
  readonly url: string;
  readonly expiresAt: string;
}

forEachDatabase('an act that a token asks for on', (database) => {
  let site: Portal;
  let ann: Owner;
  let program: Program;
  let path: string;
  beforeAll(async () => void (site = await portal({ database })));
  beforeEach(async () => {
    ann = await owner(site, 'Ann');
    program = await makesToken(site, ann);
    path = await domainOf(ann);
  });
  afterAll(() => site.close());

  /** A new domain of this person; the address where its EPP code is shown. */
  const domainOf = async ({ person }: Owner, label = 'ann.example'): Promise<string> =>
    `/services/${await newDomain(site, person, { label })}/epp-code`;

  async function asked(by = program, at = path): Promise<AskedApproval> {
    const { status, body } = await by.asks('POST', at);
    expect(status).toBe(202);
    return body['approval'] as AskedApproval;
  }
  const stateOf = async ({ id }: AskedApproval): Promise<unknown> =>
    ((await program.asks('GET', `/approvals/${id}`)).body['approval'] as { state: string }).state;
  const approves = async ({ id }: AskedApproval): Promise<JsonAnswer> => {
    await confirmsAct(site, ann);
    return ann.visitor.asks('POST', `/approvals/${id}`);
  };
  const granted = async (by = program): Promise<AskedApproval> => {
    const approval = await asked(by);
    expect((await approves(approval)).status).toBe(200);
    return approval;
  };
  const carriesOut = ({ id }: AskedApproval, by = program, at = path, body?: unknown) =>
    by.asks('POST', at, body, { 'Approval-Id': id });
  const refusal = ({ status, body }: JsonAnswer) => [status, body['code'], body['reason']];
  const because = (reason: string) => [403, 'APPROVAL_REFUSED', reason];
  const shown = ({ body }: JsonAnswer) => JSON.stringify(body).includes(code);

  it('is not carried out, but waits for its owner: 202 with the address of the page', async () => {
    const answer = await program.asks('POST', path);
    const approval = answer.body['approval'] as AskedApproval;
    expect([answer.status, shown(answer)]).toEqual([202, false]);
    expect(approval.url).toBe(`${site.config.publicUrl}/approvals/${approval.id}`);
    expect(Date.parse(approval.expiresAt) - site.clock.now()).toBe(15 * 60_000);
    expect(await stateOf(approval)).toBe('open');
    expect(refusal(await carriesOut(approval))).toEqual(because('open'));
  });

  it('is approved by its owner on a page that says it in words, after a step-up, and done exactly once', async () => {
    const approval = await asked();
    site.clock.passesSeconds(301);
    const page = await ann.visitor.goes(`/approvals/${approval.id}`);
    expect(page.text).toContain('Show the EPP code of ann.example');
    expect(page.text).toContain(program.address);
    const asks = await ann.visitor.presses(`/approvals/${approval.id}`);
    expect(asks.text).toContain('Approve for an API token: Show the EPP code of ann.example');
    expect(await stateOf(approval)).toBe('open');
    site.clock.passesSeconds(31);
    expect((await confirms(ann, ann.visitor)).text).toContain('You approved this');
    expect(await stateOf(approval)).toBe('granted');
    const done = await carriesOut(approval);
    expect([done.status, done.body['eppCode']]).toEqual([200, code]);
    expect(refusal(await carriesOut(approval))).toEqual(because('used'));
    expect(await stateOf(approval)).toBe('used');
  });

  it('is not approved without a step-up, and a step-up for one act approves no other', async () => {
    const [one, other] = [await asked(), await asked(program, await domainOf(ann, 'other.example'))];
    site.clock.passesSeconds(301);
    const refused = await ann.visitor.asks('POST', `/approvals/${one.id}`);
    expect([refused.status, refused.body['code']]).toEqual([403, 'STEP_UP_REQUIRED']);
    expect((await approves(one)).status).toBe(200);
    expect((await ann.visitor.asks('POST', `/approvals/${other.id}`)).status).toBe(403);
    expect([await stateOf(one), await stateOf(other)]).toEqual(['granted', 'open']);
  });

  it('is mailed to its owner with a link to a page, and opening the page changes nothing', async () => {
    const approval = await asked();
    await site.settled();
    const mails = await site.inbox.of(ann.person.email);
    const mail = JSON.stringify(mails.find((each) => JSON.stringify(each).includes(approval.url)));
    expect(mail).toContain('Show the EPP code of ann.example');
    for (let times = 0; times < 2; times++) await ann.visitor.goes(`/approvals/${approval.id}`);
    expect((await site.visitor().asks('GET', `/approvals/${approval.id}`)).status).toBe(401);
    expect(await stateOf(approval)).toBe('open');
  });

  it('is refused by its owner with one click, and stays refused', async () => {
    const approval = await asked();
    await ann.visitor.goes(`/approvals/${approval.id}`);
    const page = await ann.visitor.presses(`/approvals/${approval.id}/refuse`);
    expect(page.text).toContain('This is refused');
    expect(refusal(await carriesOut(approval))).toEqual(because('refused'));
    const late = await approves(approval);
    expect([late.status, late.body['state']]).toEqual([409, 'refused']);
  });

  it('is taken back by its owner while it is not used', async () => {
    const approval = await granted();
    expect((await ann.visitor.asks('POST', `/approvals/${approval.id}/refuse`)).status).toBe(200);
    expect(refusal(await carriesOut(approval))).toEqual(because('refused'));
  });

  it('is not done for another address, body, method of asking, or token', async () => {
    const approval = await granted();
    const another = await domainOf(ann, 'other.example');
    expect(refusal(await carriesOut(approval, program, another))).toEqual(because('changed'));
    expect(refusal(await carriesOut(approval, program, `${path}?x=1`))).toEqual(because('changed'));
    expect(refusal(await carriesOut(approval, program, path, { domain: 'x' }))).toEqual(because('changed'));
    const other = await makesToken(site, ann);
    expect(refusal(await carriesOut(approval, other))).toEqual(because('unknown'));
    expect((await other.asks('GET', `/approvals/${approval.id}`)).status).toBe(404);
    expect(refusal(await carriesOut({ ...approval, id: randomUUID() }))).toEqual(because('unknown'));
    expect((await carriesOut(approval)).status).toBe(200);
  });

  it('is not done after 15 minutes, approved or not', async () => {
    const [open, done] = [await asked(), await granted(await makesToken(site, ann))];
    site.clock.passesSeconds(15 * 60);
    expect(refusal(await carriesOut(open))).toEqual(because('expired'));
    const late = await approves(open);
    expect([late.status, late.body['state']]).toEqual([409, 'expired']);
    expect((await ann.visitor.goes(`/approvals/${done.id}`)).text).toContain('too old');
  });

  it('is asked once, however often the program repeats its request', async () => {
    const [one, two] = [await asked(), await asked()];
    expect(two).toEqual(one);
    await site.settled();
    const where = { accountId: ann.person.id, name: 'approval.requested' };
    const told = await site.database.manager.findBy(AuditEntryRow, where);
    expect(told.filter(({ data }) => data.includes(one.id))).toHaveLength(1);
  });

  it('is one of at most five that wait', async () => {
    const paths = await Promise.all(
      Array.from({ length: 6 }, (_, place) => domainOf(ann, `${place}.example`)),
    );
    const statuses = [];
    for (const each of paths) statuses.push((await program.asks('POST', each)).status);
    expect(statuses).toEqual([202, 202, 202, 202, 202, 429]);
    site.clock.passesSeconds(15 * 60);
    expect((await program.asks('POST', paths.at(-1) ?? '')).status).toBe(202);
  });

  it('is not asked for what the account does not have, nor without the scope', async () => {
    const bob = await owner(site, 'Bob');
    const foreign = await domainOf(bob, 'bob.example');
    for (const nothing of [foreign, '/services/none/epp-code'])
      expect((await program.asks('POST', nothing)).status).toBe(404);
    const reader = await makesToken(site, ann, { scopes: ['services:read'] });
    expect((await reader.asks('POST', path)).body['code']).toBe('INSUFFICIENT_SCOPE');
  });

  it('is not decided by another person, nor by the token itself', async () => {
    const approval = await asked();
    const bob = await owner(site, 'Bob');
    for (const place of [`/approvals/${approval.id}`, `/approvals/${approval.id}/refuse`]) {
      await confirmsAct(site, bob);
      expect([place, (await bob.visitor.asks('POST', place)).status]).toEqual([place, 404]);
      expect([place, (await program.asks('POST', place)).status]).toEqual([place, 403]);
    }
    expect(await stateOf(approval)).toBe('open');
  });

  it('is never repeated: where it failed on our side, or its answer got lost, the owner is asked anew', async () => {
    const approval = await granted();
    jest
      .spyOn(site.app.get(EppRelease, { strict: false }), 'release')
      .mockRejectedValueOnce(new Error('the disk is full'));
    expect((await carriesOut(approval)).status).toBe(500);
    expect(refusal(await carriesOut(approval))).toEqual(because('used'));
    expect((await asked()).id).not.toBe(approval.id);
  });

  it('changes name servers and lock exactly as its owner read it', async () => {
    const id = await newDomain(site, ann.person, { label: 'moves.example' });
    const row = () => site.database.manager.findOneByOrFail(ServiceRow, { id });
    const fields = { nameservers: 'ns1.new.example\nns2.new.example' };
    const acts = [
      [`/services/${id}/nameservers`, fields, 'ns1.new.example'],
      [`/services/${id}/registrar-lock/off`, {}, 'moves.example'],
    ] as const;
    for (const [place, body, words] of acts) {
      const { body: answer } = await program.asks('POST', place, body);
      const approval = answer['approval'] as AskedApproval;
      expect((await ann.visitor.goes(`/approvals/${approval.id}`)).text).toContain(words);
      expect((await approves(approval)).status).toBe(200);
      const other = { nameservers: 'ns1.thief.example\nns2.thief.example' };
      expect(refusal(await carriesOut(approval, program, place, other))).toEqual(because('changed'));
      expect((await carriesOut(approval, program, place, body)).status).toBe(200);
    }
    expect(await row()).toMatchObject({ registrarLock: 0 });
    expect((await program.asks('GET', `/services/${id}/nameservers`)).body['nameservers']).toEqual([
      'ns1.new.example',
      'ns2.new.example',
    ]);
  });

  it('waits with the brake: asked before or during it, approved or not, and so does a new token', async () => {
    const before = await granted();
    await site.app.get(TwoFactor, { strict: false }).emailChanged(ann.person.id);
    for (const answer of [await carriesOut(before), await program.asks('POST', path)]) {
      expect([answer.status, answer.body['code']]).toEqual([403, 'COOLING_DOWN']);
      expect(Date.parse(String(answer.body['until']))).toBeGreaterThan(site.clock.now());
    }
    expect((await program.asks('GET', '/services')).status).toBe(200);
    const { body } = await ann.visitor.asks('POST', '/account/tokens', {
      name: 'x',
      scopes: 'services:read',
    });
    expect(body['code']).toBe('COOLING_DOWN');
    expect((await ann.visitor.goes('/account/tokens')).text).toContain('Possible from');
  });

  it('is void after the token was revoked', async () => {
    const [soon, approval] = [await makesToken(site, ann), await asked()];
    const own = await granted(soon);
    const by = { actor: { type: 'system', id: 'test' }, reason: 'owner' } as const;
    expect(await site.app.get(ApiTokens).revokeAll(ann.person.id, by)).toBeGreaterThan(1);
    expect((await carriesOut(own, soon)).status).toBe(401);
    expect((await approves(approval)).status).toBe(409);
    expect((await ann.visitor.goes(`/approvals/${own.id}`)).text).toContain('This is refused');
  });

  it('is void after the account has changed', async () => {
    const other = await makesToken(site, ann);
    const [open, done] = [await asked(), await granted(other)];
    const change = { stamp: `changed ${randomUUID()}` };
    await site.database.manager.update(AccountRow, { id: ann.person.id }, change);
    expect(refusal(await carriesOut(done, other))).toEqual(because('changed'));
    const visitor = site.visitor();
    await visitor.signsIn(ann.person);
    site.clock.passesSeconds(31);
    await visitor.submits({ code: ann.app.code() });
    // The sign-in is a proof, and the approval is void all the same.
    expect((await visitor.asks('POST', `/approvals/${open.id}`)).status).toBe(409);
    expect(await stateOf(open)).toBe('open');
  });

  it('is told in events: who asked, who decided, with which token, and what it was', async () => {
    const approval = await granted();
    await carriesOut(approval);
    await site.settled();
    const entries = await site.database.manager.find(AuditEntryRow, {
      where: { accountId: ann.person.id },
      order: { at: 'ASC' },
    });
    const told = entries.filter(({ data }) => data.includes(approval.id));
    expect(told.map(({ name }) => name).sort()).toEqual([
      'approval.granted',
      'approval.requested',
      'epp-code.shown',
    ]);
    for (const { data } of told)
      expect(JSON.parse(data)).toMatchObject({ approvalId: approval.id, tokenId: program.id });
    expect(JSON.stringify(entries)).not.toContain(program.token);
  });
});
