import { createHash, randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Proof } from '../contracts/factor.js';
import { DamagedFactor } from '../common/errors.js';
import { Clock } from '../contracts/ports/clock.js';
import { Stores } from '../contracts/stores/stores.js';
import type { StoredFactor } from '../contracts/stores/factor.store.js';
import type { Token } from '../contracts/stores/token.store.js';
import { SecretStorage } from '../encryption/secret-storage.js';

/** How long the result of a set-up is shown, and how long an equal request gets it. */
const LIFETIME = 15 * 60_000;

/** The result of a set-up, as its page shows it. */
export interface SetUpFacts {
  readonly factor: Pick<StoredFactor, 'id' | 'kind' | 'label'>;
  /** Whether this factor turned two-factor on. */
  readonly first: boolean;
  /** The name of the factor that it replaced. */
  readonly replaced: string | null;
  /** Whether it made recovery codes. */
  readonly madeCodes: boolean;
}

/** The session that set a factor up. */
export interface SetUpSession {
  readonly accountId: string;
  readonly key: string;
}

/** The results of recent set-ups: encrypted tokens, bound to account and session. */
@Injectable()
export class EnrollmentResults {
  constructor(
    private readonly stores: Stores,
    private readonly secretStorage: SecretStorage,
    private readonly clock: Clock,
  ) {}

  /** Stores a result, in the transaction of the set-up. */
  async store({ tokens }: Stores, { accountId, key }: SetUpSession, facts: SetUpFacts, proof: Proof) {
    const ref = { id: randomUUID(), accountId };
    const createdAt = this.clock.now();
    await tokens.insert({
      ...{ ...ref, purpose: 'result', key, subtype: facts.factor.kind, stamp: facts.factor.id, misses: 0 },
      sealed: this.secretStorage.sealToken({ ...facts, proof: digest(proof) }, ref),
      createdAt,
      expiresAt: createdAt + LIFETIME,
    });
  }

  /** The newest result of this session (and kind, where given). */
  async find(session: SetUpSession, kind?: string): Promise<SetUpFacts | null> {
    return (await this.newest(session, kind))?.facts ?? null;
  }

  /** The result of the request that this one repeats: the same session, kind and proof. */
  async repeated(session: SetUpSession, kind: string, proof: Proof): Promise<SetUpFacts | null> {
    const found = await this.newest(session, kind);
    return found?.proof === digest(proof) ? found.facts : null;
  }

  private async newest({ accountId, key }: SetUpSession, subtype?: string) {
    const of = { purpose: 'result', accountId, key, ...(subtype !== undefined && { subtype }) } as const;
    const token = await this.stores.tokens.newest(of, this.clock.now());
    return token && this.opened(token);
  }

  private opened(token: Token): { readonly facts: SetUpFacts; readonly proof: string } | null {
    try {
      const { proof, ...facts } = this.secretStorage.openToken(token);
      return { facts: facts as unknown as SetUpFacts, proof: String(proof) };
    } catch (error) {
      if (error instanceof DamagedFactor) return null;
      throw error;
    }
  }
}

/** SHA-256: the proof itself is not stored. */
function digest({ code, response }: Proof): string {
  return createHash('sha256')
    .update(JSON.stringify([code ?? null, response ?? null]))
    .digest('base64url');
}
