import { someMail } from '../../core/fixtures/ports.fixture.js';
import type { Account } from '../../core/common/account.js';
import type { FactorData } from '../../core/contracts/factor.js';
import { vectors, type Vector } from './vectors.fixture.js';
import { webauthn } from './webauthn.factor.js';

const ann: Account = { id: '7', label: 'Ann', email: 'ann@example.org', stamp: '1', staff: false };
const site = {
  origins: ['https://example.org'],
  issuer: 'Example',
  strict: false,
  clock: { now: () => 0 },
  mail: someMail,
};
const passkeys = webauthn().create(site);

function told(id: string, response: object) {
  return { response: JSON.stringify({ id, rawId: id, type: 'public-key', response }) };
}

/** The set-up of a vector, by its own challenge. */
async function sets({ id, registration: { challenge, ...response } }: Vector) {
  const draft = { ...(await passkeys.beginEnrolment(ann, [], {})), challenge };
  return passkeys.finishEnrolment(draft, told(id, response));
}

/** The set-up of a vector as if it had been made on a page of the site: nobody signs what a browser says at a set-up. */
function unframed<Given extends Vector>(given: Given, change = (text: string) => text): Given {
  const { registration } = given;
  const text = Buffer.from(registration.clientDataJSON, 'base64url').toString();
  const { type, challenge, origin } = JSON.parse(text) as Record<string, string>;
  const said = change(JSON.stringify({ type, challenge, origin, crossOrigin: false }));
  const clientDataJSON = Buffer.from(said).toString('base64url');
  return { ...given, registration: { ...registration, clientDataJSON } };
}

/** The sign-in of a vector, against the key that its set-up made. */
function signs({ id, authentication: { challenge, ...response } }: Vector, data: FactorData) {
  const record = { id: 'f', kind: 'webauthn', label: 'Key', data, createdAt: 0, lastUsedAt: null };
  return passkeys.verify(record, told(id, response), { challenge, verified: false, named: false });
}

describe('a test vector of WebAuthn level 3 §16', () => {
  it.each(['es256', 'selfAttested', 'longId', 'rs256', 'ed25519'] as const)(
    '%s is set up and signs in',
    async (name) => {
      const enrolled = await sets(vectors[name]);
      if (!enrolled.ok) throw new Error('The vector was not taken.');
      expect(enrolled.data).toMatchObject({ id: vectors[name].id, counter: 0 });
      expect((await signs(vectors[name], enrolled.data)).ok).toBe(true);
    },
  );

  it('with an algorithm that was not asked for is not set up', async () => {
    expect(await sets(vectors.es384)).toEqual({ ok: false, reason: 'wrong' });
  });

  it.each(['crossOrigin', 'topOrigin'] as const)(
    'made in a frame of another site (%s) neither sets up nor signs in',
    async (name) => {
      expect(await sets(vectors[name])).toEqual({ ok: false, reason: 'wrong' });
      const enrolled = await sets(unframed(vectors[name]));
      if (!enrolled.ok) throw new Error('The vector was not taken.');
      expect(await signs(vectors[name], enrolled.data)).toEqual({ ok: false, reason: 'wrong' });
    },
  );

  it('made in a frame does not set up either where the browser writes its words apart', async () => {
    const apart = unframed(vectors.es256, (text) =>
      text.replace('"crossOrigin":false', '"crossOrigin": true'),
    );
    expect(await sets(apart)).toEqual({ ok: false, reason: 'wrong' });
  });

  it('does not sign in with the key of another', async () => {
    const enrolled = await sets(vectors.es256);
    if (!enrolled.ok) throw new Error('The vector was not taken.');
    const data = { ...enrolled.data, id: vectors.longId.id };
    expect(await signs(vectors.longId, data)).toEqual({ ok: false, reason: 'wrong' });
  });
});
