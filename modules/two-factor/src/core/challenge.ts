import { Injectable } from '@nestjs/common';
import type { Accepted } from './acceptance.js';
import type { Proof } from './factor.js';
import { FactorRegistry } from './factor-registry.js';
import type { Held } from './held-logins.js';
import type { Origin } from './origin.js';
import { Clock } from './ports/clock.js';
import { Prover, type Answer } from './prover.js';
import { Refusals } from './refusals.js';
import { StepUps } from './step-ups.js';
import type { Stores } from './stores/stores.js';
import type { Tell } from './units.js';

/** The question put to a held login, and its answer. */
@Injectable()
export class Challenge {
  constructor(
    private readonly prover: Prover,
    private readonly refusals: Refusals,
    private readonly stepUps: StepUps,
    private readonly registry: FactorRegistry,
    private readonly clock: Clock,
  ) {}

  /** Judges an answer. `passed`: the held login is used up, and its session may be completed. */
  async answer(held: Held, asked: string, proof: Proof, origin: Origin): Promise<Answer> {
    const { account, standing, key, ref } = held;
    const place = { accountId: account.id, ip: origin.ip, held: ref, key };
    const answer = await this.prover.prove({ account, standing, asked, proof, place, origin }, (...unit) =>
      this.settle(held, ...unit),
    );
    if (answer.status === 'refused') {
      await this.refusals.tell('challenge', { accountId: account.id, origin }, answer);
    }
    return answer;
  }

  private async settle(held: Held, stores: Stores, tell: Tell, { kind }: Accepted): Promise<boolean> {
    if (!(await stores.tokens.consume(held.ref, this.clock.now()))) return false;
    if (this.registry.recovery(kind)) await this.stepUps.grant(stores, 'replace', held);
    tell('two-factor.challenge.passed', { kind });
    return true;
  }
}
