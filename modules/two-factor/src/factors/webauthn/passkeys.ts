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
import { domainOf, otherDomains, type MovedSiteReports } from './moved-site.js';
import { originFault, type RelyingParty } from './webauthn.options.js';

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
  readonly phishingResistant = true;

  readonly passwordless: PasswordlessBehaviour = {
    invite: async () => this.question([], true),
    ownerOf: ({ response }) => accountOf(assertionOf(response)?.response.userHandle),
  };

  readonly prompted: Prompted = {
    answers: ({ response }, challengeState) => !isOfAnother(assertionOf(response), wantedOf(challengeState)),
    again: async (_account, records, challengeState) => this.shown(records, wantedOf(challengeState)),
  };

  /** Why no browser can use a passkey at this site. */
  readonly fault = originFault(this.site);

  constructor(
    private readonly site: RelyingParty,
    private readonly manner: Manner,
    private readonly reports: MovedSiteReports,
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
    return { ok: true, data: { ...made, userHandle, rpId: this.site.id } };
  }

  async prompt(account: FactorAccount, records: readonly FactorRecord[]) {
    this.reports.report(otherDomains(records, this.site), this.site);
    return this.question(records, this.mustVerify(account));
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
    return verdictOf(stored, await asserted(answer, stored, wantedOf(challengeState), this.site), this.site);
  }

  describe(data: FactorData): View {
    const { synced, rpId = this.site.id } = storedData(data);
    return rpId === this.site.id ? { synced } : { synced, moved: rpId };
  }

  /** The passkeys that are accepted here, and their owner's names (§5.1.10). */
  signal(account: FactorAccount, records: readonly FactorRecord[]): View {
    const rpId = this.site.id;
    const ids = records
      .filter((record) => domainOf(record, rpId) === rpId)
      .map((record) => knownKey(record).id);
    const { email: name, label: displayName } = account;
    return { rpId, userId: userHandleOf(account), name, displayName, allAcceptedCredentialIds: ids };
  }

  private mustVerify({ staff }: FactorAccount): boolean {
    return staff || this.manner.strict;
  }

  /** Without keys to choose from, any account may answer: the answer replaces the password too. */
  private question(records: readonly FactorRecord[], verified: boolean) {
    const wanted = wantedWith(verified);
    const { show, json } = this.shown(records, wanted);
    const { challenge } = wanted;
    return { show, json, challengeState: { challenge, verified, named: records.length === 0 } };
  }

  /** A list without keys would ask for any key, so it names keys of another domain rather than none. */
  private shown(records: readonly FactorRecord[], wanted: Wanted) {
    const { id } = this.site;
    const here = records.filter((record) => domainOf(record, id) === id);
    const keys = (here.length > 0 ? here : records).map(knownKey);
    const publicKey = requestOptions(keys, wanted, this.site, this.manner.timeout);
    const options = JSON.stringify({ publicKey });
    if (here.length === records.length) return { show: { options }, json: { publicKey } };
    const moved = otherDomains(records, this.site).join(', ');
    return { show: { options, moved }, json: { publicKey, moved } };
  }
}

/** Checks a valid answer against the stored key: same key, and no copy of it (§7.2 steps 20 to 22, §6.1.1). */
function verdictOf(
  stored: WebAuthnData,
  said: Pick<WebAuthnData, 'counter' | 'portable' | 'synced'> | null,
  { id: rpId }: RelyingParty,
): Verdict {
  if (!said || said.portable !== stored.portable) return wrong;
  if (stored.counter > 0 && said.counter <= stored.counter) return { ok: false, reason: 'copied' };
  const { counter, synced } = said;
  const data: Record<string, unknown> = { rpId };
  return { ok: true, data: Object.assign(data, stored, { counter, synced }) };
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
