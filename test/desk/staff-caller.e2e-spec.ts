import { TwoFactor } from 'nestjs-two-factor';
import { forEachDatabase } from '../support/databases/databases.js';
import { acts, agent, confirmsAct } from '../support/people/agent.js';
import { owner, type Owner } from '../support/people/owner.js';
import { portal, type Portal } from '../support/portal/portal.js';

const reason = 'says the phone is lost';

forEachDatabase('an agent who verifies a caller on', (database) => {
  let site: Portal;
  let sam: Owner;
  beforeAll(async () => {
    site = await portal({ database });
    sam = await agent(site, 'Sam');
  });
  afterAll(() => site.close());

  const page = ({ person }: Pick<Owner, 'person'>) => `/staff/clients/${person.id}`;
  const starts = (ann: Pick<Owner, 'person'>, who = sam) =>
    acts(site, who, `${page(ann)}/verify-caller`, { reason });

  it('reads out three words, and sees the answer on the client’s page', async () => {
    const ann = await owner(site, 'Ann');
    const { visitor, person } = sam;
    await visitor.goes(page(ann));
    await visitor.goes(visitor.page.link('Verify caller'));
    await visitor.submits({ reason });
    site.clock.advance(30_000);
    await visitor.submits({ password: person.password, code: sam.app.code() });
    expect(visitor.page.address).toBe(`${page(ann)}?done=caller.verify`);
    const words = visitor.page.all('[data-words] li');
    expect(words).toHaveLength(3);
    expect(visitor.page.text).toContain('Waiting for the client');
    await ann.visitor.goes('/account/verify-caller');
    expect(ann.visitor.page.all('[data-words] li')).toEqual(words);
    expect(ann.visitor.page.text).toContain('Sam');
    await ann.visitor.submits({ code: ann.app.code() });
    await visitor.goes(page(ann));
    expect(visitor.page.text).toContain('Verified for 10 minutes, by Sam');
    expect(visitor.page.text).toContain('Authenticator app');
    site.clock.advance(10 * 60_000);
    await visitor.goes(page(ann));
    expect(visitor.page.text).toContain('The check of Sam has ended.');
  });

  it('gets the words as a program, and no other agent does', async () => {
    const ann = await owner(site, 'Ann');
    const started = await starts(ann);
    expect(started.body).toMatchObject({ status: 'done', act: 'caller.verify' });
    const words = started.body['words'] as string[];
    expect(words).toHaveLength(3);
    const callers = async (who: Owner) => {
      const { body } = await who.visitor.asks('GET', page(ann));
      const panels = body['panels'] as Record<string, { callers?: object[] }>;
      return Object.values(panels).flatMap((panel) => panel.callers ?? []);
    };
    expect(await callers(sam)).toMatchObject([{ own: true, words, state: 'open', by: null }]);
    const kim = await agent(site, 'Kim');
    expect(await callers(kim)).toMatchObject([{ own: false, words: [], state: 'open', agent: 'Sam' }]);
    await kim.visitor.goes(page(ann));
    expect(kim.visitor.page.text).toContain('Sam is verifying a call right now.');
    for (const word of words) expect(kim.visitor.page.html).not.toContain(`>${word}<`);
  });

  it('is warned when the client is not on the phone, and so are all others', async () => {
    const ann = await owner(site, 'Ann');
    await starts(ann);
    await ann.visitor.goes('/account/verify-caller');
    await ann.visitor.submits({ answer: 'deny' });
    const kim = await agent(site, 'Kim');
    for (const { visitor } of [sam, kim]) {
      await visitor.goes(page(ann));
      expect(visitor.page.text).toContain('I am not on the phone with anybody');
    }
  });

  it('sees the weaker label for a client without a factor', async () => {
    const person = await site.account('Bob');
    const visitor = site.visitor();
    await visitor.signsIn(person);
    await starts({ person });
    await visitor.goes('/account/verify-caller');
    await visitor.presses('/account/verify-caller');
    await sam.visitor.goes(page({ person }));
    expect(sam.visitor.page.text).toContain('Signed in only: this client has no second factor.');
  });

  it('needs a reason, a factor, a confirmation of this very act, and another account', async () => {
    const ann = await owner(site, 'Ann');
    const address = `${page(ann)}/verify-caller`;
    const customer = await ann.visitor.asks('POST', address, { reason });
    expect(customer.status).toBe(403);
    const bare = await site.account('Bare', 'support');
    const visitor = site.visitor();
    await visitor.signsIn(bare);
    expect((await visitor.asks('POST', address, { reason })).status).toBe(403);
    const asked = await sam.visitor.asks('POST', address, { reason });
    expect(asked.body['code']).toBe('STEP_UP_REQUIRED');
    await confirmsAct(site, sam, String(asked.body['act']));
    const none = await sam.visitor.asks('POST', address, {});
    expect([none.status, none.body['code']]).toEqual([400, 'INVALID_INPUT']);
    const own = await sam.visitor.asks('POST', `${page(sam)}/verify-caller`, { reason });
    expect([own.status, own.body['reason']]).toEqual([403, 'own-account']);
    const bob = await owner(site, 'Bob');
    const other = await sam.visitor.asks('POST', `${page(bob)}/verify-caller`, { reason });
    expect(other.body['code']).toBe('STEP_UP_REQUIRED');
    expect(
      await site.app.get(TwoFactor, { strict: false }).callerCheck.list({ accountId: ann.person.id }),
    ).toEqual([]);
  });

  it('is in the audit with the reason, and so is the customer', async () => {
    const ann = await owner(site, 'Ann');
    await starts(ann);
    site.clock.advance(1000);
    await ann.visitor.goes('/account/verify-caller');
    await ann.visitor.submits({ code: ann.app.code() });
    await site.settled();
    const mia = await agent(site, 'Mia', 'admin');
    const query = new URLSearchParams({ account: ann.person.email });
    const { body } = await mia.visitor.asks('GET', `/staff/audit?${query.toString()}`);
    const entries = (body['entries'] as { name: string; actor: object; data: object }[]).filter(({ name }) =>
      name.startsWith('caller.'),
    );
    expect(entries).toMatchObject([
      { name: 'caller.verified', actor: { type: 'account' }, data: { by: 'totp', agent: 'Sam' } },
      { name: 'caller.check-started', actor: { type: 'staff' }, data: { agentId: sam.person.id, reason } },
    ]);
  });
});
