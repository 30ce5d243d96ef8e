import { DamagedFactor } from '../../core/common/errors.js';
import { Keyring } from './key.fixture.js';
import { draftOf, storedData, wantedOf } from './webauthn.data.js';
import { webauthn } from './webauthn.factor.js';

const stored = {
  id: 'abc',
  userHandle: 'Nw',
  publicKey: 'pQECAyYg',
  transports: ['usb'],
  counter: 0,
  portable: false,
  synced: false,
};
const draft = { challenge: 'Y2hhbGxlbmdl', verified: true, userHandle: 'Nw', known: [] };

describe('the stored data of a passkey', () => {
  it('is complete, or damaged, but never a wrong answer', () => {
    expect(storedData(stored)).toEqual(stored);
  });

  it.each([
    ...['id', 'userHandle', 'publicKey'].flatMap((name) => [
      { [name]: '' },
      { [name]: undefined },
      { [name]: 7 },
    ]),
    { transports: 'usb' },
    { transports: ['usb', 7] },
    { transports: undefined },
    { counter: '0' },
    { counter: 0.5 },
    { counter: undefined },
    ...['portable', 'synced'].flatMap((name) => [{ [name]: undefined }, { [name]: 'true' }]),
  ])('is damaged with %j', (change) => {
    expect(() => storedData({ ...stored, ...change })).toThrow(DamagedFactor);
  });
});

describe('the challenge of a passkey', () => {
  it.each([{ challenge: undefined }, { challenge: 7 }, { verified: undefined }, { verified: 'true' }])(
    'is damaged with %j, also in a draft',
    (change) => {
      expect(() => wantedOf({ ...draft, ...change })).toThrow(DamagedFactor);
      expect(() => draftOf({ ...draft, ...change })).toThrow(DamagedFactor);
    },
  );

  it.each([{ userHandle: undefined }, { known: undefined }, { known: {} }])(
    'in a draft is damaged with %j',
    (change) => {
      expect(draftOf(draft)).toEqual(draft);
      expect(() => draftOf({ ...draft, ...change })).toThrow(DamagedFactor);
    },
  );

  it('and is damaged accepts no answer', async () => {
    const keyring = new Keyring();
    await keyring.enrolls();
    const asked = await keyring.asks();
    const response = keyring.key.answers(asked.publicKey, 'https://portal.example');
    const challengeState = { ...asked.challengeState, challenge: undefined };
    await expect(keyring.judges(response, { ...asked, challengeState })).rejects.toThrow(DamagedFactor);
  });
});

describe('passkeys as a kind', () => {
  it('are several of an account, need a challenge, last five minutes, and cannot be guessed', () => {
    const { multiple, guessable, draftTtlMs, matches } = webauthn();
    expect({ multiple, guessable, draftTtlMs }).toEqual({
      multiple: true,
      guessable: false,
      draftTtlMs: 5 * 60_000,
    });
    expect([matches('123456'), matches('{}')]).toEqual([false, false]);
  });

  it('match the answers of browsers', async () => {
    const keyring = new Keyring();
    await keyring.enrolls();
    const { publicKey } = await keyring.asks();
    expect(webauthn().matches(keyring.key.answers(publicKey, 'https://portal.example'))).toBe(true);
  });
});
