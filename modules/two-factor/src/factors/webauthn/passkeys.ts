import { randomBytes } from 'node:crypto';
import type {
  EnrollmentVerdict,
  FactorAccount,
  FactorData,
  FactorRecord,
  PasswordlessBehaviour,
  PrimaryBehaviour,
  Prompted,
  Proof,
  Verdict,
  View,
} from '../../core/contracts/factor.js';
import { asserted, registered } from './ceremony.js';
import { creationOptions, requestOptions } from './options.js';
import { assertionOf, attestationOf, isOfAnother } from './response.js';
import {
  draftOf,
  storedData,
  wantedOf,
  type KnownKey,
  type Wanted,
  type WebAuthnData,
} from './webauthn.data.js';
import type { RelyingParty } from './webauthn.options.js';

/** Settings of all passkey challenges. */
interface Manner {
  readonly strict: boolean;
  /** ms */
  readonly timeout: number;
}

const wrong = { ok: false, reason: 'wrong' } as const;
const malformed = { ok: false, reason: 'malformed' } as const;
const used = { ok: false, reason: 'used' } as const;

/** Passkeys and security keys: creates their challenges and verifies their answers. */
export class Passkeys implements PrimaryBehaviour {
  readonly passwordless: PasswordlessBehaviour = {
    invite: () => Promise.resolve(this.question([], true)),
    ownerOf: ({ response }) => accountOf(assertionOf(response)?.response.userHandle),
  };

  readonly prompted: Prompted = {
    answers: ({ response }, challengeState) => !isOfAnother(assertionOf(response), wantedOf(challengeState)),
    again: async (_account, records, challengeState) =>
      this.shown(records.map(knownKey), wantedOf(challengeState)),
  };

  constructor(
    private readonly site: RelyingParty,
    private readonly manner: Manner,
  ) {}

  async beginEnrollment(account: FactorAccount, records: readonly FactorRecord[]): Promise<FactorData> {
    return {
      ...wantedWith(this.mustVerify(account)),
      userHandle: userHandleOf(account),
      known: records.map(knownKey),
    };
  }

  async showDraft(account: FactorAccount, draft: FactorData) {
    const publicKey = creationOptions(account, draftOf(draft), this.site, this.manner.timeout);
    return { page: { options: JSON.stringify({ publicKey }) }, json: { publicKey } };
  }

  async finishEnrollment(draft: FactorData, { response }: Proof): Promise<EnrollmentVerdict> {
    const answer = attestationOf(response);
    if (!answer) return malformed;
    const { userHandle, known, ...wanted } = draftOf(draft);
    if (isOfAnother(answer, wanted)) return used;
    const made = await registered(answer, wanted, this.site);
    if (!made) return wrong;
    if (known.some(({ id }) => id === made.id)) return { ...wrong, hint: { known: true } };
    return { ok: true, data: { ...made, userHandle } };
  }

  async prompt(account: FactorAccount, records: readonly FactorRecord[]) {
    return this.question(records.map(knownKey), this.mustVerify(account));
  }

  async verify({ data }: FactorRecord, { response }: Proof, challengeState?: FactorData): Promise<Verdict> {
    const answer = assertionOf(response);
    if (!answer) return malformed;
    const stored = storedData(data);
    if (!challengeState || answer.id !== stored.id) return wrong;
    // Without a list of keys the answer itself must name its account (§7.2 step 6).
    const userHandle =
      answer.response.userHandle ?? (challengeState['named'] ? undefined : stored.userHandle);
    if (userHandle !== stored.userHandle) return wrong;
    return verdictOf(stored, await asserted(answer, stored, wantedOf(challengeState), this.site));
  }

  describe(data: FactorData): View {
    return { synced: storedData(data).synced };
  }

  private mustVerify({ staff }: FactorAccount): boolean {
    return staff || this.manner.strict;
  }

  /** Without keys to choose from, any account may answer: the answer replaces the password too. */
  private question(keys: readonly KnownKey[], verified: boolean) {
    const wanted = wantedWith(verified);
    return { ...this.shown(keys, wanted), challengeState: { ...wanted, named: keys.length === 0 } };
  }

  private shown(keys: readonly KnownKey[], wanted: Wanted) {
    const publicKey = requestOptions(keys, wanted, this.site, this.manner.timeout);
    return { show: { options: JSON.stringify({ publicKey }) }, json: { publicKey } };
  }
}

/** Checks a valid answer against the stored key: same key, and no copy of it (§7.2 steps 20 to 22, §6.1.1). */
function verdictOf(
  stored: WebAuthnData,
  said: Pick<WebAuthnData, 'counter' | 'portable' | 'synced'> | null,
): Verdict {
  if (!said || said.portable !== stored.portable) return wrong;
  if (stored.counter > 0 && said.counter <= stored.counter) return { ok: false, reason: 'copied' };
  return { ok: true, data: { ...stored, counter: said.counter, synced: said.synced } };
}

function wantedWith(verified: boolean): Wanted {
  return { challenge: randomBytes(32).toString('base64url'), verified };
}

function knownKey({ data }: FactorRecord): KnownKey {
  const { id, transports } = storedData(data);
  return { id, transports };
}

/** The host's id of the account: it has no meaning outside the host, and all keys of the account share it. */
function userHandleOf({ id }: FactorAccount): string {
  return Buffer.from(id).toString('base64url');
}

function accountOf(userHandle: string | undefined): string | null {
  return userHandle === undefined ? null : Buffer.from(userHandle, 'base64url').toString();
}
