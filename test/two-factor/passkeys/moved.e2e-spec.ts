import { askedIn, keyOwner, originOf, type KeyOwner } from '../../support/people/key-owner.js';
import { pending } from '../../support/people/owner.js';
import { portal, type Portal } from '../../support/portal/portal.js';

describe('a portal that has moved to another host name', () => {
  const lines: string[] = [];
  const log = (line: unknown) => void lines.push(String(line));
  let old: Portal;
  let site: Portal;
  let ann: KeyOwner;
  beforeAll(async () => {
    old = await portal({ env: { PUBLIC_URL: 'http://old.localhost' } });
    ann = await keyOwner(old, 'Ann');
    const logger = { log, error: log, warn: log, debug: log, verbose: log, fatal: log };
    site = await portal({ besides: old, logger, env: { PUBLIC_URL: 'http://new.localhost' } });
  });
  afterAll(async () => {
    await site.close();
    await old.close();
  });

  it('says at the sign-in why the passkey cannot work, and lets its owner in by a backup code', async () => {
    const visitor = await pending(site, ann.person);
    expect(visitor.page.text).toContain('Passkeys that were made for old.localhost do not work here');
    const json = await visitor.asks('GET', '/login/challenge?kind=webauthn');
    expect(json.body['question']).toMatchObject({ moved: 'old.localhost' });
    await visitor.goes(visitor.page.link('Use a backup code'));
    await visitor.submits({ code: ann.codes[0] ?? '' });
    const page = await visitor.goes('/account/security');
    expect(page.text).toContain('It was made for old.localhost and does not work at this address');
  });

  it('names the cause in the log, and no person', async () => {
    await pending(site, ann.person);
    const told = lines.filter((line) => line.includes('Passkeys made for old.localhost cannot be used'));
    expect(told).toEqual([expect.stringContaining('the site is now new.localhost')]);
    expect(told.join()).not.toContain(ann.person.email);
  });

  it('does not tell a stranger about it', async () => {
    const page = await site.visitor().goes('/login');
    expect(page.text).not.toContain('old.localhost');
  });

  it('says nothing at the old name, where the passkey still signs in', async () => {
    const visitor = await pending(old, ann.person);
    expect(visitor.page.text).not.toContain('do not work here');
  });
});

describe('the browser of an owner', () => {
  let site: Portal;
  beforeAll(async () => {
    site = await portal();
  });
  afterAll(() => site.close());

  it('is told on the Security page which passkeys are accepted, and after a removal that none is', async () => {
    const { visitor, person, key } = await keyOwner(site, 'Ann');
    const signal = () =>
      JSON.parse(visitor.page.attribute('[data-passkey-signal]', 'data-passkey-signal') ?? '{}') as object;
    const names = { rpId: 'localhost', name: person.email, displayName: person.name };
    await visitor.goes('/account/security');
    expect(signal()).toMatchObject({ ...names, allAcceptedCredentialIds: [key.id.toString('base64url')] });
    const asked = askedIn(await visitor.asks('GET', '/account/confirm'));
    const response = key.answers(asked, originOf(site));
    await visitor.asks('POST', '/account/confirm', { password: person.password, kind: 'webauthn', response });
    const { body } = await visitor.asks('GET', '/account/security');
    const [{ id = '' } = {}] = body['factors'] as { id?: string }[];
    await visitor.asks('POST', `/account/security/two-factor/factors/${id}/remove`, {});
    await visitor.goes('/account/security');
    expect(signal()).toMatchObject({ ...names, allAcceptedCredentialIds: [] });
  });

  it('finds the account at the confirmation, for its password manager', async () => {
    const { visitor, person } = await keyOwner(site, 'Ann');
    const page = await visitor.goes('/account/confirm');
    expect(page.attribute('input[autocomplete=username]', 'value')).toBe(person.email);
    expect(page.attribute('input[autocomplete=username]', 'hidden')).toBeDefined();
    expect(page.attribute('input[autocomplete=username]', 'name')).toBeUndefined();
  });
});
