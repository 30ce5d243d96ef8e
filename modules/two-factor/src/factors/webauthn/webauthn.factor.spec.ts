import { ann, Keyring, origin } from './key.fixture.js';

const wrong = { ok: false, reason: 'wrong' };
const staff = { ...ann, staff: true };

/** An enrolled key. */
async function owned(...given: ConstructorParameters<typeof Keyring>): Promise<Keyring> {
  const keyring = new Keyring(...given);
  expect(await keyring.enrolls()).toMatchObject({ ok: true });
  return keyring;
}

describe('the answer of a passkey', () => {
  it('is right on a page of this site, each time to its own question', async () => {
    const keyring = await owned();
    expect((await keyring.signs()).ok).toBe(true);
    expect((await keyring.signs()).ok).toBe(true);
    const earlier = await keyring.asks();
    const response = keyring.key.answers(earlier.publicKey, origin);
    expect(await keyring.judges(response, await keyring.asks())).toEqual(wrong);
  });

  it.each([
    ['another site', 'https://evil.example'],
    ['a site below this one', 'https://pages.portal.example'],
    ['this site without TLS', 'http://portal.example'],
    ['another port', 'https://portal.example:8443'],
  ])('from %s is wrong, and sets nothing up', async (_where, from) => {
    const keyring = await owned();
    expect(await keyring.signs(from)).toEqual(wrong);
    expect(await new Keyring().enrolls(from)).toEqual(wrong);
  });

  it('made for another domain is wrong', async () => {
    const keyring = await owned();
    const asked = await keyring.asks();
    const elsewhere = keyring.key.answers({ ...asked.publicKey, rpId: 'evil.example' }, origin);
    expect(await keyring.judges(elsewhere, asked)).toEqual(wrong);
  });

  it('to a set-up is none to a sign-in', async () => {
    const keyring = await owned();
    const asked = await keyring.asks();
    const signed = JSON.parse(keyring.key.answers(asked.publicKey, origin)) as { response: object };
    const set = JSON.parse(keyring.key.registers(asked.publicKey, origin)) as { response: object };
    const mixed = { ...signed, response: { ...signed.response, ...set.response } };
    expect(await keyring.judges(JSON.stringify(mixed), asked)).toEqual(wrong);
  });

  it('of a key that is not on this record is wrong, even of the same person', async () => {
    const [one, other] = [await owned(), await owned()];
    const asked = await one.asks();
    expect(await one.judges(other.key.answers(asked.publicKey, origin), asked)).toEqual(wrong);
  });

  it('under another id than that of the record is wrong, though it is signed', async () => {
    const keyring = await owned();
    const asked = await keyring.asks();
    const answer = JSON.parse(keyring.key.answers(asked.publicKey, origin)) as object;
    const renamed = JSON.stringify({ ...answer, id: 'abc', rawId: 'abc' });
    expect(await keyring.judges(renamed, asked)).toEqual(wrong);
  });

  it('need not name its account where it was asked for by name, as old security keys cannot', async () => {
    const keyring = await owned();
    const asked = await keyring.asks();
    const answer = JSON.parse(keyring.key.answers(asked.publicKey, origin)) as { response: object };
    const nameless = JSON.stringify({ ...answer, response: { ...answer.response, userHandle: null } });
    expect((await keyring.judges(nameless, asked)).ok).toBe(true);
  });

  it('is asked for on pages as programs are asked', async () => {
    const keyring = await owned();
    const { show, json } = await keyring.passkeys.prompt(ann, [keyring.record]);
    expect(JSON.parse(String(show['options']))).toEqual(json);
  });

  it('that names another account is wrong', async () => {
    const keyring = await owned();
    keyring.data = { ...keyring.data, userHandle: Buffer.from('8').toString('base64url') };
    expect(await keyring.signs()).toEqual(wrong);
  });
});

describe('a key that counts its signatures', () => {
  it('counts up, and is refused as copied when it stands still or falls back', async () => {
    const keyring = await owned({ counts: true, synced: false });
    expect((await keyring.signs()).ok).toBe(true);
    expect(keyring.data['counter']).toBe(1);
    keyring.key.counter = 0;
    expect(await keyring.signs()).toEqual({ ok: false, reason: 'copied' });
    keyring.key.counter = 41;
    expect((await keyring.signs()).ok).toBe(true);
    keyring.key.counter = 7;
    expect(await keyring.signs()).toEqual({ ok: false, reason: 'copied' });
    expect(keyring.data['counter']).toBe(42);
  });

  it('that stops to count is refused as copied', async () => {
    const keyring = await owned({ counts: true, synced: false });
    await keyring.signs();
    keyring.data = { ...keyring.data, counter: 9 };
    keyring.key.counter = -1;
    expect(await keyring.signs()).toEqual({ ok: false, reason: 'copied' });
  });

  it('is not called copied for a wrong answer', async () => {
    const keyring = await owned({ counts: true, synced: false });
    await keyring.signs();
    keyring.key.counter = 0;
    expect(await keyring.signs('https://evil.example')).toEqual(wrong);
  });
});

describe('other properties of a passkey', () => {
  it('contain whether it is synced, and are updated', async () => {
    const keyring = await owned();
    expect(keyring.passkeys.describe?.(keyring.data)).toEqual({ synced: true });
    const bound = await owned({ synced: false });
    expect(bound.passkeys.describe?.(bound.data)).toEqual({ synced: false });
  });

  it('a key that could not be copied and now can is another key', async () => {
    const keyring = await owned({ synced: false });
    keyring.data = { ...keyring.data, portable: true };
    expect(await keyring.signs()).toEqual(wrong);
  });

  it('without user verification are enough for customers, not for staff, not when strict', async () => {
    const careless = { verifies: false };
    expect((await (await owned(careless)).signs()).ok).toBe(true);
    expect(await new Keyring(careless, staff).enrolls()).toEqual(wrong);
    expect(await new Keyring(careless, ann, { strict: true }).enrolls()).toEqual(wrong);
    const promoted = await owned(careless);
    const agent = new Keyring({}, staff);
    agent.data = promoted.data;
    const { challengeState, publicKey } = await agent.asks();
    expect(challengeState).toMatchObject({ verified: true });
    expect(publicKey).toMatchObject({ userVerification: 'required' });
    const asked = await promoted.asks();
    const response = promoted.key.answers(asked.publicKey, origin);
    expect(
      await promoted.judges(response, {
        ...asked,
        challengeState: { ...asked.challengeState, verified: challengeState['verified'] },
      }),
    ).toEqual(wrong);
  });
});

describe('a passkey in place of the password', () => {
  it('names its account', async () => {
    const keyring = await owned();
    const asked = await keyring.invites();
    const response = keyring.key.answers(asked.publicKey, origin);
    expect(keyring.passkeys.passwordless?.ownerOf({ response })).toBe('7');
    expect((await keyring.judges(response, asked)).ok).toBe(true);
    expect(keyring.passkeys.passwordless?.ownerOf({ response: 'garbage' })).toBeNull();
  });

  it('must have verified its user, and must name its account', async () => {
    const careless = await owned({ verifies: false });
    const asked = await careless.invites();
    expect(await careless.judges(careless.key.answers(asked.publicKey, origin), asked)).toEqual(wrong);
    const keyring = await owned();
    const again = await keyring.invites();
    const answer = JSON.parse(keyring.key.answers(again.publicKey, origin)) as { response: object };
    const nameless = JSON.stringify({ ...answer, response: { ...answer.response, userHandle: null } });
    expect(keyring.passkeys.passwordless?.ownerOf({ response: nameless })).toBeNull();
    expect(await keyring.judges(nameless, again)).toEqual(wrong);
  });
});
