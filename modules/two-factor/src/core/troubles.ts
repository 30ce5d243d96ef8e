import { Injectable } from '@nestjs/common';
import { Busy, DamagedFactor, Problem, VerifierFailed } from './errors.js';
import { Units, type Whereabouts } from './units.js';

/** Turns what must never happen into a refusal, and into an alarm where stored data is to blame. Nobody gets in. */
@Injectable()
export class Troubles {
  constructor(private readonly units: Units) {}

  /** The problem to throw in place of `error`. */
  async of(error: unknown, where: Whereabouts): Promise<unknown> {
    if (!(error instanceof VerifierFailed)) return error;
    const { kind, factorId, cause } = error;
    if (cause instanceof DamagedFactor) await this.alarm(where, { kind, factorId, reason: cause.message });
    return new Problem(
      'UNAVAILABLE',
      'This answer could not be checked. It was not counted; try again, or ask for help.',
      cause instanceof Busy ? { retryAfter: 10 } : {},
      { cause: error },
    );
  }

  /** The rows of a protected account do not add up: denied, and told. */
  async refuseDamaged(where: Whereabouts): Promise<never> {
    await this.alarm(where, {
      kind: '',
      factorId: '',
      reason: 'Factor rows are missing, surplus or of an unknown kind.',
    });
    throw new Problem(
      'UNAVAILABLE',
      'Two-factor data of this account is damaged, so nobody can sign in. Ask for help.',
    );
  }

  private alarm(where: Whereabouts, data: { kind: string; factorId: string; reason: string }): Promise<void> {
    return this.units.run(where, (_stores, tell) => Promise.resolve(tell('two-factor.alarm', data)));
  }
}
