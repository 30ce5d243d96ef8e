import { TwoFactor } from 'nestjs-two-factor';
import { forEachDatabase } from '../support/databases/databases.js';
import { owner, pending, type Owner } from '../support/people/owner.js';
import { portal, type Portal } from '../support/portal/portal.js';

const address = '/account/verify-caller';
const sam = { id: 'sam', name: 'Sam Support' };

forEachDatabase('a customer who is asked to verify a call on', (database) => {
  let site: Portal;
  beforeAll(async () => {
    site = await portal({ database });
  });
  afterAll(() => site.close());

  const desk = () => site.app.get(TwoFactor, { strict: false }).callerCheck;
  const starts = (ann: Pick<Owner, 'person'>, agent = sam) =>
    desk().start({ accountId: ann.person.id, agent });
  const verified = (ann: Pick<Owner, 'person'>) => desk().verified({ accountId: ann.person.id });

  it('opens Security, sees the agent and the words, and confirms with the app', async () => {
    const ann = await owner(site, 'Ann');
    const { words } = await starts(ann);
    await ann.visitor.goes('/account/security');
    expect(ann.visitor.page.text).toContain('Sam Support says to be on the phone with you.');
    await ann.visitor.goes(ann.visitor.page.link('Verify the call'));
    expect(ann.visitor.page.address).toBe(address);
    expect(ann.visitor.page.all('[data-words] li')).toEqual(words.split(' '));
    expect(ann.visitor.page.text).toContain('Never say a security code or a backup code on the phone');
    await ann.visitor.submits({ code: ann.app.code() });
    expect(ann.visitor.page.address).toBe(`${address}?done=verified`);
    expect(ann.visitor.page.text).toContain('Sam Support sees now that it is you');
    expect(await verified(ann)).toMatchObject({ by: 'totp', strong: true, agentId: 'sam' });
    await ann.visitor.goes('/account/security');
    expect(ann.visitor.page.text).not.toContain('says to be on the phone with you');
  });

  it('confirms with a backup code, which is used up', async () => {
    const ann = await owner(site, 'Ann');
    await starts(ann);
    await ann.visitor.goes(`${address}?kind=backup-codes`);
    await ann.visitor.submits({ code: ann.codes[0]! });
    expect(await verified(ann)).toMatchObject({ by: 'backup-codes', strong: true });
    expect((await ann.visitor.asks('GET', '/account/security')).body['backupCodesLeft']).toBe(9);
  });

  it('is told that a code is wrong, and the words stay', async () => {
    const ann = await owner(site, 'Ann');
    const { words } = await starts(ann);
    await ann.visitor.goes(address);
    await ann.visitor.submits({ code: '000000' });
    expect(ann.visitor.page.status).toBe(401);
    expect(ann.visitor.page.all('[data-words] li')).toEqual(words.split(' '));
    expect(await verified(ann)).toBeNull();
  });

  it('can say "I am not on the phone with anybody"', async () => {
    const ann = await owner(site, 'Ann');
    await starts(ann);
    await ann.visitor.goes(address);
    await ann.visitor.submits({ answer: 'deny' });
    expect(ann.visitor.page.text).toContain('We stopped it and warned our staff');
    const [check] = await desk().list({ accountId: ann.person.id });
    expect(check).toMatchObject({ state: 'denied' });
    await ann.visitor.goes(address);
    expect(ann.visitor.page.text).toContain('No agent is waiting for you');
  });

  it('without a factor confirms by the session, and the label is weaker', async () => {
    const person = await site.account('Bob');
    const visitor = site.visitor();
    await visitor.signsIn(person);
    await starts({ person });
    await visitor.goes(address);
    expect(visitor.page.text).toContain('Your account has no second factor');
    await visitor.presses(address);
    expect(visitor.page.text).toContain('Sam Support sees now that it is you');
    expect(await verified({ person })).toMatchObject({ by: 'signed-in', strong: false });
  });

  it('does the same as a program', async () => {
    const ann = await owner(site, 'Ann');
    expect((await ann.visitor.asks('GET', address)).body).toEqual({ checks: [], kinds: [] });
    const { words } = await starts(ann);
    const { body } = await ann.visitor.asks('GET', address);
    const [check] = body['checks'] as { id: string; agent: string; words: string[] }[];
    expect(check).toMatchObject({ agent: 'Sam Support', words: words.split(' ') });
    expect(body['kinds']).toEqual(['totp', 'backup-codes']);
    const answer = { check: check!.id, kind: 'totp' };
    const wrong = await ann.visitor.asks('POST', address, { ...answer, code: '000000' });
    expect([wrong.status, wrong.body['code']]).toEqual([401, 'PROOF_REFUSED']);
    const right = await ann.visitor.asks('POST', address, { ...answer, code: ann.app.code() });
    expect(right.body).toMatchObject({ status: 'verified', by: 'totp' });
    site.clock.advance(30_000);
    const again = await ann.visitor.asks('POST', address, { ...answer, code: ann.app.code() });
    expect([again.status, again.body['code']]).toEqual([409, 'CONFLICT']);
    const denied = await ann.visitor.asks('POST', address, { check: check!.id, answer: 'deny' });
    expect(denied.status).toBe(409);
  });

  it('does not reach it while the sign-in is pending, nor before it', async () => {
    const ann = await owner(site, 'Ann');
    await starts(ann);
    const visitor = await pending(site, ann.person);
    await visitor.goes(address);
    expect(visitor.page.address).toBe('/login/challenge');
    for (const [method, body] of [
      ['GET', undefined],
      ['POST', {}],
    ] as const)
      expect((await visitor.asks(method, address, body)).status).toBe(401);
    expect((await site.visitor().asks('POST', address, {})).status).toBe(401);
    expect(await verified(ann)).toBeNull();
  });

  it('is one confirmation on two nodes, whatever is clicked at once', async () => {
    const ann = await owner(site, 'Ann');
    await starts(ann);
    const { body } = await ann.visitor.asks('GET', address);
    const [check] = body['checks'] as { id: string }[];
    const answer = { check: check!.id, kind: 'totp', code: ann.app.code() };
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => ann.visitor.asks('POST', address, answer)),
    );
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(1);
    expect(statuses.filter((status) => status >= 500)).toEqual([]);
  });

  it('is in the history of both sides in words', async () => {
    const ann = await owner(site, 'Ann');
    await starts(ann);
    await ann.visitor.goes(address);
    await ann.visitor.submits({ code: ann.app.code() });
    await site.settled();
    await ann.visitor.goes('/account/security');
    expect(ann.visitor.page.text).toContain('An agent began to verify a call');
    expect(ann.visitor.page.text).toContain('Call verified');
  });
});
