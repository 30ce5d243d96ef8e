import { someMail } from '../../core/fixtures/ports.fixture.js';
import type { Account } from '../../core/common/account.js';
import type {
  FactorData,
  FactorRecord,
  FactorTools,
  PrimaryBehaviour,
  Verdict,
} from '../../core/contracts/factor.js';
import { SoftPasskey, type SoftPasskeyTraits } from '../../testing/soft-passkey.js';
import { webauthn } from './webauthn.factor.js';
import type { WebAuthnOptions } from './webauthn.options.js';

export const origin = 'https://portal.example';

export const ann: Account = { id: '7', label: 'Ann', email: 'ann@example.com', stamp: '1', staff: false };

/** How `ask` is told: the question as browsers get it, and what comes back with the answer. */
export interface Asked {
  readonly publicKey: { readonly challenge: string; readonly rpId?: string };
  readonly memo: FactorData;
}

/** Ann with a key of hers, and the site that knows it. */
export class Keyring {
  readonly passkeys: PrimaryBehaviour;
  readonly key: SoftPasskey;
  data: FactorData = {};

  constructor(
    traits: SoftPasskeyTraits = {},
    readonly account: Account = ann,
    tools: Partial<FactorTools> = {},
    options: Partial<WebAuthnOptions> = {},
  ) {
    const site = {
      origins: [origin],
      issuer: 'Example',
      strict: false,
      clock: { now: () => 0 },
      mail: someMail,
      ...tools,
    };
    this.passkeys = webauthn(options).create(site);
    this.key = new SoftPasskey(traits);
  }

  get record(): FactorRecord {
    return { id: 'f', kind: 'webauthn', label: 'Key', data: this.data, createdAt: 0, lastUsedAt: null };
  }

  /** Sets the key up, on a page of this origin. */
  async enrols(from = origin, key = this.key, known: readonly FactorRecord[] = []) {
    const draft = await this.passkeys.beginEnrolment(this.account, known, {});
    const { json } = await this.passkeys.showDraft(this.account, draft);
    const response = key.registers(json['publicKey'] as Asked['publicKey'], from);
    const enrolled = await this.passkeys.finishEnrolment(draft, { response });
    if (enrolled.ok) this.data = enrolled.data;
    return enrolled;
  }

  async asks(): Promise<Asked> {
    const { json = {}, memo = {} } = await this.passkeys.prompt(this.account, [this.record]);
    return { publicKey: json['publicKey'] as Asked['publicKey'], memo };
  }

  /** Whoever is there is asked, in place of the password. */
  async invites(): Promise<Asked> {
    const invited = await this.passkeys.passwordless?.invite();
    if (!invited) throw new Error('Nobody is invited.');
    return { publicKey: invited.json?.['publicKey'] as Asked['publicKey'], memo: invited.memo };
  }

  /** Judges an answer; what was accepted is kept, as the core does. */
  async judges(response: string, { memo }: Asked): Promise<Verdict> {
    const verdict = await this.passkeys.verify(this.record, { response }, memo);
    if (verdict.ok && verdict.data) this.data = verdict.data;
    return verdict;
  }

  /** Signs in, on a page of this origin. */
  async signs(from = origin): Promise<Verdict> {
    const asked = await this.asks();
    return this.judges(this.key.answers(asked.publicKey, from), asked);
  }
}
