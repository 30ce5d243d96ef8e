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

/** A challenge: the options for the browser, and the state that the answer is checked with. */
export interface Asked {
  readonly publicKey: { readonly challenge: string; readonly rpId?: string };
  readonly challengeState: FactorData;
}

/** Ann with her key, and the site that knows it. */
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
      ...{ origins: [origin], issuer: 'Example', strict: false },
      ...{ clock: { now: () => 0 }, mail: someMail },
      ...tools,
    };
    this.passkeys = webauthn(options).create(site);
    this.key = new SoftPasskey(traits);
  }

  get record(): FactorRecord {
    return { id: 'f', kind: 'webauthn', label: 'Key', data: this.data, createdAt: 0, lastUsedAt: null };
  }

  /** Enrolls the key, on a page of this origin. */
  async enrolls(from = origin, key = this.key, known: readonly FactorRecord[] = []) {
    const draft = await this.passkeys.beginEnrollment(this.account, known, {});
    const { json } = await this.passkeys.showDraft(this.account, draft);
    const response = key.registers(json['publicKey'] as Asked['publicKey'], from);
    const enrolled = await this.passkeys.finishEnrollment(draft, { response });
    if (enrolled.ok) this.data = enrolled.data;
    return enrolled;
  }

  async asks(): Promise<Asked> {
    const { json = {}, challengeState = {} } = await this.passkeys.prompt(this.account, [this.record]);
    return { publicKey: json['publicKey'] as Asked['publicKey'], challengeState };
  }

  /** Creates a challenge for signing in without a password. */
  async invites(): Promise<Asked> {
    const invited = await this.passkeys.passwordless?.invite();
    if (!invited) throw new Error('Nobody is invited.');
    return {
      publicKey: invited.json?.['publicKey'] as Asked['publicKey'],
      challengeState: invited.challengeState,
    };
  }

  /** Verifies an answer; the data of an accepted one is stored, as the core does. */
  async judges(response: string, { challengeState }: Asked): Promise<Verdict> {
    const verdict = await this.passkeys.verify(this.record, { response }, challengeState);
    if (verdict.ok && verdict.data) this.data = verdict.data;
    return verdict;
  }

  /** Signs in, on a page of this origin. */
  async signs(from = origin): Promise<Verdict> {
    const asked = await this.asks();
    return this.judges(this.key.answers(asked.publicKey, from), asked);
  }
}
