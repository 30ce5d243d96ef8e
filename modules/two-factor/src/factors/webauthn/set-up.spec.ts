import fc from 'fast-check';
import { SoftPasskey } from '../../testing/soft-passkey.js';
import { ann, Keyring, origin } from './key.fixture.js';
import { assertionOf, attestationOf, longestResponse } from './response.js';

describe('setting a passkey up', () => {
  it('asks for what the site and the account are, and for no maker’s word', async () => {
    const { passkeys } = new Keyring();
    const draft = await passkeys.beginEnrolment(ann, []);
    const { json } = await passkeys.showDraft(ann, draft);
    expect(json['publicKey']).toMatchObject({
      rp: { id: 'portal.example', name: 'Example' },
      user: { id: Buffer.from('7').toString('base64url'), name: 'ann@example.com', displayName: 'Ann' },
      attestation: 'none',
      authenticatorSelection: { residentKey: 'preferred', userVerification: 'preferred' },
    });
    expect(Buffer.from(String(draft['challenge']), 'base64url')).toHaveLength(32);
  });

  it('names the keys that are there already, and takes none of them twice', async () => {
    const keyring = new Keyring();
    await keyring.enrols();
    const draft = await keyring.passkeys.beginEnrolment(ann, [keyring.record]);
    const { json } = await keyring.passkeys.showDraft(ann, draft);
    const id = keyring.key.id.toString('base64url');
    expect(json['publicKey']).toMatchObject({ excludeCredentials: [{ id, type: 'public-key' }] });
    const again = await keyring.enrols(origin, keyring.key, [keyring.record]);
    expect(again).toEqual({ ok: false, reason: 'wrong', hint: { known: true } });
    expect((await keyring.enrols(origin, new SoftPasskey(), [keyring.record])).ok).toBe(true);
  });

  it.each([
    ['no origin', [], undefined, /name its origins/],
    ['another domain', ['https://portal.example'], 'hosting.example', /not of the domain/],
    ['an end that only reads alike', ['https://evilportal.example'], 'portal.example', /not of the domain/],
  ])('is refused at the start with %s', (_what, origins, rpId, sentence) => {
    expect(() => new Keyring({}, ann, { origins }, { rpId })).toThrow(sentence);
  });

  it('may be for a domain above the site', async () => {
    const keyring = new Keyring(
      {},
      ann,
      { origins: ['https://portal.hosting.example'] },
      { rpId: 'hosting.example' },
    );
    expect((await keyring.enrols('https://portal.hosting.example')).ok).toBe(true);
    expect((await keyring.signs('https://portal.hosting.example')).ok).toBe(true);
  });
});

describe('an answer as it is read', () => {
  const told = (id: string) =>
    JSON.stringify({
      ...{ id, rawId: id, type: 'public-key', extra: 1 },
      response: { clientDataJSON: 'a', authenticatorData: 'a', signature: 'a', more: { deep: [] } },
    });

  it('has an id of at most 1023 bytes, and nothing that is not looked at', () => {
    expect(assertionOf(told('a'.repeat(1364)))).not.toBeNull();
    expect(assertionOf(told('a'.repeat(1365)))).toBeNull();
    expect(JSON.stringify(assertionOf(told('abc')))).not.toMatch(/extra|more|deep/);
  });

  it('is not longer than a body may be', () => {
    expect(assertionOf(told('abc').padEnd(longestResponse + 1))).toBeNull();
  });

  it('of whatever text is read or is null, and never throws', async () => {
    const keyring = new Keyring();
    await keyring.enrols();
    const asked = await keyring.asks();
    const part = fc.oneof(fc.base64String(), fc.string(), fc.jsonValue());
    const answer = fc.record({
      id: part,
      rawId: part,
      type: fc.constantFrom('public-key', 'password'),
      response: fc.oneof(
        part,
        fc.dictionary(fc.constantFrom('clientDataJSON', 'signature', 'userHandle'), part),
      ),
    });
    const text = fc.oneof(
      fc.string(),
      fc.json(),
      answer.map((value) => JSON.stringify(value)),
    );
    await fc.assert(
      fc.asyncProperty(text, async (given) => {
        attestationOf(given);
        const expected = assertionOf(given) ? 'wrong' : 'malformed';
        expect(await keyring.judges(given, asked)).toMatchObject({ ok: false, reason: expected });
      }),
    );
  });

  it('with one byte changed anywhere in what is signed is wrong', async () => {
    const keyring = new Keyring();
    await keyring.enrols();
    const asked = await keyring.asks();
    const answer = JSON.parse(keyring.key.answers(asked.publicKey, origin)) as {
      response: Record<string, string>;
    };
    const signed = fc.constantFrom('clientDataJSON', 'authenticatorData', 'signature');
    await fc.assert(
      fc.asyncProperty(signed, fc.nat(), fc.integer({ min: 1, max: 255 }), async (name, at, by) => {
        const bytes = Buffer.from(answer.response[name] ?? '', 'base64url');
        bytes[at % bytes.length] = (bytes[at % bytes.length] ?? 0) ^ by;
        const response = { ...answer.response, [name]: bytes.toString('base64url') };
        expect(await keyring.judges(JSON.stringify({ ...answer, response }), asked)).toMatchObject({
          ok: false,
        });
      }),
    );
  });
});
