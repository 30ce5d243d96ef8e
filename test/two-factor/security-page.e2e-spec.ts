import { keyOwner } from '../support/people/key-owner.js';
import { owner, scans } from '../support/people/owner.js';
import { portal, type Portal } from '../support/portal/portal.js';

const room = '/account/security/two-factor/totp';

describe('the Security page', () => {
  let house: Portal;
  beforeAll(async () => {
    house = await portal();
  });
  afterAll(() => house.close());

  it('says the kind’s name once where the app has no other, and gives each card a name of its own', async () => {
    const ann = await owner(house, 'Ann');
    const { visitor } = ann;
    for (let more = 0; more < 2; more += 1) {
      await visitor.goes('/account/confirm?returnTo=/account/security');
      house.clock.advance(30_000);
      await visitor.submits({ password: ann.person.password, code: ann.app.code() });
      await visitor.goes(room);
      const app = scans(house, await visitor.presses(`${room}/setup`));
      await visitor.submits({ code: app.code(), label: '' });
      house.clock.advance(30_000);
    }
    const page = await visitor.goes('/account/security');
    const cards = page.all('section h2');
    expect(cards).toEqual(expect.arrayContaining(['My phone', 'Authenticator app', 'Authenticator app (2)']));
    expect(new Set(cards).size).toBe(cards.length);
    expect(page.all('section .detail').filter((text) => text === 'Authenticator app')).toHaveLength(1);
    const buttons = page.all('summary').filter((text) => /^(Rename|Remove)/.test(text));
    expect(buttons).toHaveLength(6);
    expect(new Set(buttons).size).toBe(6);
  });

  it('has a way back in each form that a button opens', async () => {
    const { visitor } = await owner(house, 'Bea');
    const page = await visitor.goes('/account/security');
    expect(page.all('details.more form a')).toEqual(['Cancel', 'Cancel']);
  });

  it('tells programs which passkeys are accepted, and only their owner’s', async () => {
    const [ann, bob] = [await keyOwner(house, 'Ann'), await keyOwner(house, 'Bob')];
    const of = async ({ visitor }: typeof ann) => (await visitor.asks('GET', '/account/security')).body;
    const [hers, his] = [await of(ann), await of(bob)];
    expect(hers['signals']).toEqual([
      {
        kind: 'webauthn',
        rpId: 'localhost',
        userId: expect.stringMatching(/^[\w-]{20,}$/) as string,
        name: ann.person.email,
        displayName: 'Ann',
        allAcceptedCredentialIds: [expect.stringMatching(/^[\w-]{16,}$/)],
      },
    ]);
    expect(JSON.stringify(his['signals'])).not.toContain(ann.person.email);
    expect((his['signals'] as { userId: string }[])[0]?.userId).not.toBe(
      (hers['signals'] as { userId: string }[])[0]?.userId,
    );
    const nobody = await house.visitor().asks('GET', '/account/security');
    expect([nobody.status, nobody.body['signals']]).toEqual([401, undefined]);
  });
});

describe('the Security page where the provider requires two-factor', () => {
  let house: Portal;
  beforeAll(async () => {
    house = await portal({ env: { REQUIRE_TWO_FACTOR: 'everyone' } });
  });
  afterAll(() => house.close());

  it('offers no turning off, and never says that a password alone will be enough', async () => {
    const visitor = house.visitor();
    await visitor.signsIn(await house.account('Ann'));
    await visitor.goes('/login/enrol/totp');
    const app = scans(house, await visitor.presses('/login/enrol/totp/setup'));
    await visitor.submits({ code: app.code() });
    const page = await visitor.goes('/account/security');
    expect(page.text).toContain('Your provider requires it for this account.');
    expect(page.text).toContain('At your next sign-in, you must set it up again.');
    expect(page.text).not.toContain('password alone');
    expect(page.text).not.toContain('Turn');
  });
});
