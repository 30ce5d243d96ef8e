import { factorContract } from '../../testing/factor-contract.js';
import type { TestAnswers, TestChallenge } from '../../testing/factor-owner.js';
import { SoftPasskey } from '../../testing/soft-passkey.js';
import { webauthn } from './webauthn.factor.js';

const origin = 'https://portal.example';
const rpId = 'portal.example';

/** Each owner's own key, by the challenge of its enrollment. */
function owners(traits: ConstructorParameters<typeof SoftPasskey>[0]): TestAnswers {
  const keys = new Map<unknown, SoftPasskey>();
  const keyOf = ({ challenge }: TestChallenge['draft']) => {
    const key = keys.get(challenge) ?? new SoftPasskey(traits);
    keys.set(challenge, key);
    return key;
  };
  return {
    right({ draft, challengeState }) {
      const { challenge, userHandle } = { ...draft, ...challengeState } as {
        challenge: string;
        userHandle: string;
      };
      const asked = { challenge, rpId, user: { id: userHandle } };
      const key = keyOf(draft);
      return { response: challengeState ? key.answers(asked, origin) : key.registers(asked, origin) };
    },
    wrong: ({ response = '' }) => ({ response: elsewhere(response) }),
    malformed: [{ response: '{}' }, { response: '123456' }, { code: '123456' }, { response: '{"id":"a"}' }],
    open: ['id', 'transports', 'rpId'],
    optional: ['rpId'],
  };
}

/** The same answer, made on a page of another site. */
function elsewhere(answer: string): string {
  const { response, ...key } = JSON.parse(answer) as { response: { clientDataJSON: string } };
  const said = Buffer.from(response.clientDataJSON, 'base64url')
    .toString()
    .replace(origin, 'https://evil.example');
  return JSON.stringify({
    ...key,
    response: { ...response, clientDataJSON: Buffer.from(said).toString('base64url') },
  });
}

factorContract('a synced passkey', webauthn(), owners({}));
factorContract('a security key that counts', webauthn(), owners({ counts: true, synced: false }));
