import fc from 'fast-check';
import { SoftPasskey } from '../../testing/soft-passkey.js';
import { ann, Keyring, origin } from './key.fixture.js';
import { assertionOf, attestationOf } from './response.js';

describe('setting a passkey up', () => {
  it('asks for the site and the account, and for no attestation', async () => {
    const { passkeys } = new Keyring();
    const draft = await passkeys.beginEnrollment(ann, [], {});
    const { page, json } = await passkeys.showDraft(ann, draft);
    expect(JSON.parse(String(page['options']))).toEqual(json);
    expect(json['publicKey']).toMatchObject({
      rp: { id: 'portal.example', name: 'Example' },
      user: { id: Buffer.from('7').toString('base64url'), name: 'ann@example.com', displayName: 'Ann' },
      attestation: 'none',
      authenticatorSelection: { residentKey: 'preferred', userVerification: 'preferred' },
      // EdDSA, ECDSA with P-256, RSA (IANA COSE algorithms)
      pubKeyCredParams: [-8, -7, -257].map((alg) => ({ type: 'public-key', alg })),
      timeout: 5 * 60_000,
    });
    expect(Buffer.from(String(draft['challenge']), 'base64url')).toHaveLength(32);
  });

  it('names the existing keys, and accepts none of them twice', async () => {
    const keyring = new Keyring();
    await keyring.enrolls();
    const draft = await keyring.passkeys.beginEnrollment(ann, [keyring.record], {});
    const { json } = await keyring.passkeys.showDraft(ann, draft);
    const id = keyring.key.id.toString('base64url');
    expect(json['publicKey']).toMatchObject({ excludeCredentials: [{ id, type: 'public-key' }] });
    const again = await keyring.enrolls(origin, keyring.key, [keyring.record]);
    expect(again).toEqual({ ok: false, reason: 'wrong', hint: { known: true } });
    expect((await keyring.enrolls(origin, new SoftPasskey(), [keyring.record])).ok).toBe(true);
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
    expect((await keyring.enrolls('https://portal.hosting.example')).ok).toBe(true);
    expect((await keyring.signs('https://portal.hosting.example')).ok).toBe(true);
  });
});

describe('an answer as it is read', () => {
  it('of whatever text is read or is null, and never throws', async () => {
    const keyring = new Keyring();
    await keyring.enrolls();
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

  it('with one byte changed in the signed data or in the signature is wrong', async () => {
    const keyring = new Keyring();
    await keyring.enrolls();
    const asked = await keyring.asks();
    const told = keyring.key.answers(asked.publicKey, origin);
    const answer = JSON.parse(told) as { response: Record<string, string> };
    const judged = (name: string, bytes: Buffer) => {
      const response = { ...answer.response, [name]: bytes.toString('base64url') };
      return keyring.judges(JSON.stringify({ ...answer, response }), asked);
    };
    const change = fc.record({ at: fc.nat(), by: fc.integer({ min: 1, max: 255 }) });
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...signedParts), change, async ({ name, from }, { at, by }) => {
        const bytes = Buffer.from(answer.response[name] ?? '', 'base64url');
        const place = from + (at % (bytes.length - from));
        bytes[place] = (bytes[place] ?? 0) ^ by;
        expect(await judged(name, bytes)).toEqual({ ok: false, reason: 'wrong' });
      }),
      { numRuns: 300 },
    );
    expect(await keyring.judges(told, asked)).toMatchObject({ ok: true });
  });
});

/**
 * The first byte that counts in each part. A signature begins with the tag and the length of the SEQUENCE of its two numbers
 * (RFC 3279 §2.2.3). The library reads those two bytes loosely, and the numbers do not depend on them. A second spelling of a
 * signature gives no advantage, because a challenge is answered once.
 */
const signedParts = [
  { name: 'clientDataJSON', from: 0 },
  { name: 'authenticatorData', from: 0 },
  { name: 'signature', from: 2 },
] as const;
