import { forEachDatabase } from '../../support/databases/databases.js';
import { pending } from '../../support/people/owner.js';
import { askedIn, askedOn, keyOwner, originOf } from '../../support/people/key-owner.js';
import { portal, type Portal } from '../../support/portal/portal.js';

forEachDatabase('a passkey as the second factor on', (database) => {
  let site: Portal;
  beforeAll(async () => {
    site = await portal({ database });
  });
  afterAll(() => site.close());

  it('turns two-factor on, hands out backup codes, and is asked for at the next sign-in', async () => {
    const { person, key, codes, visitor } = await keyOwner(site, 'Ann');
    expect(codes).toHaveLength(10);
    const next = await pending(site, person);
    expect(next.page.title).toBe('Use your passkey or security key');
    const response = key.answers(askedOn(next), originOf(site));
    expect((await next.submits({ response })).title).toBe('Welcome, Ann');
    const { body } = await visitor.asks('GET', '/account/security');
    expect(body['factors']).toMatchObject([{ kind: 'webauthn', label: 'My key', synced: true }]);
  });

  it('signs a program in by JSON, and confirms', async () => {
    const { person, key } = await keyOwner(site, 'Pia');
    const program = site.visitor();
    const { email, password } = person;
    const { body } = await program.asks('POST', '/login', { email, password });
    expect(body).toMatchObject({ status: 'challenge', challenge: { kinds: ['webauthn', 'backup-codes'] } });
    const asked = askedIn(await program.asks('GET', '/login/challenge'));
    const response = key.answers(asked, originOf(site));
    const answer = await program.asks('POST', '/login/challenge', { kind: 'webauthn', response });
    expect(answer.body).toEqual({ status: 'signed-in' });
    const again = key.answers(askedIn(await program.asks('GET', '/account/confirm')), originOf(site));
    const fresh = await program.asks('POST', '/account/confirm', {
      password,
      kind: 'webauthn',
      response: again,
    });
    expect(fresh.body).toHaveProperty('freshUntil');
  });

  it('answered twenty times at once signs in once', async () => {
    const { person, key } = await keyOwner(site, 'Tim');
    const visitor = await pending(site, person);
    const response = key.answers(askedOn(visitor), originOf(site));
    const twins = Array.from({ length: 20 }, () => visitor.twin());
    const body = { kind: 'webauthn', response };
    const answers = await Promise.all(twins.map((twin) => twin.asks('POST', '/login/challenge', body)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  });

  it('answers no question that was asked of another, elsewhere or before', async () => {
    const [ann, bob] = [await keyOwner(site, 'Ann'), await keyOwner(site, 'Bob')];
    const [hers, his] = [await pending(site, ann.person), await pending(site, bob.person)];
    const foreign = ann.key.answers(askedOn(his), originOf(site));
    expect((await his.submits({ response: foreign })).text).toContain('That answer was not right');
    const older = ann.key.answers(askedOn(hers), originOf(site));
    await hers.goes('/login/challenge');
    expect((await hers.submits({ response: older })).text).toContain('That answer was already used');
    const elsewhere = ann.key.answers(askedOn(hers), 'https://evil.example');
    expect((await hers.submits({ response: elsewhere })).text).toContain('That answer was not right');
    const right = ann.key.answers(askedOn(hers), originOf(site));
    expect((await hers.submits({ response: right })).title).toBe('Welcome, Ann');
  });

  it('that may have been copied is refused, with an event and a mail to its owner', async () => {
    const { person, key } = await keyOwner(site, 'Eve', { counts: true, synced: false });
    const first = await pending(site, person);
    await first.submits({ response: key.answers(askedOn(first), originOf(site)) });
    key.counter = 0;
    const second = await pending(site, person);
    const page = await second.submits({ response: key.answers(askedOn(second), originOf(site)) });
    expect(page.text).toContain('seems to exist twice');
    await site.settled();
    const subjects = (await site.inbox.of(person.email)).map(({ subject }) => subject);
    expect(subjects).toContain('A security key of yours seems to exist twice');
  });

  it('costs a miss for each wrong answer, and the login with the fifth; backup codes stay a way in', async () => {
    const { person, key, codes } = await keyOwner(site, 'Kim');
    const visitor = await pending(site, person);
    for (let miss = 0; miss < 4; miss += 1)
      await visitor.submits({ response: key.answers(askedOn(visitor), 'https://evil.example') });
    const fifth = key.answers(askedOn(visitor), 'https://evil.example');
    expect((await visitor.submits({ response: fifth })).title).toBe('Sign in again');
    const next = await pending(site, person);
    await next.goes('/login/challenge?kind=backup-codes');
    expect((await next.submits({ code: codes[0] ?? '' })).status).toBe(200);
    expect(next.page.text).toContain('You used a backup code');
  });

  it('without an answer is malformed, and costs nothing', async () => {
    const { person, key } = await keyOwner(site, 'Lou');
    const visitor = await pending(site, person);
    for (let press = 0; press < 8; press += 1) {
      const page = await visitor.submits({ response: '' });
      expect([page.status, page.text]).toEqual([
        400,
        expect.stringContaining('We got no answer from a passkey'),
      ]);
    }
    expect((await visitor.submits({ response: '{"id":"x"}' })).status).toBe(400);
    const right = key.answers(askedOn(visitor), originOf(site));
    expect((await visitor.submits({ response: right })).title).toBe('Welcome, Lou');
  });

  it('that was removed does not sign in any more', async () => {
    const ann = await keyOwner(site, 'Ann');
    await ann.visitor.goes('/account/confirm');
    const confirm = ann.key.answers(askedOn(ann.visitor), originOf(site));
    await ann.visitor.submits({ password: ann.person.password, response: confirm });
    const { body } = await ann.visitor.asks('GET', '/account/security');
    const [factor] = body['factors'] as { id: string }[];
    await ann.visitor.goes('/account/security');
    await ann.visitor.presses(`/account/security/two-factor/factors/${factor?.id}/remove`);
    expect((await pending(site, ann.person)).page.title).toBe('Welcome, Ann');
  });
});
