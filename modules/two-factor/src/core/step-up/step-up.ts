import { Injectable } from '@nestjs/common';
import { Passwords } from './passwords.js';
import type { Proof } from '../contracts/factor.js';
import type { Origin } from '../common/origin.js';
import { StepUps, type Confirmer } from './step-ups.js';
import { Prover, type Answer } from '../verification/prover.js';
import { Refusals } from '../verification/refusals.js';
import { Units } from '../outbox/units.js';

/** What somebody gives to confirm that it is them. */
export interface Confirmation {
  readonly password: string;
  readonly asked: string;
  readonly proof: Proof;
}

/** What became of a confirmation. `freshUntil` (UTC ms) is for changing factors. */
export type Confirmed =
  | { readonly status: 'passed'; readonly freshUntil: number; readonly left?: number }
  | { readonly status: 'password'; readonly until?: number }
  | Exclude<Answer, { status: 'passed' }>;

/** Asks somebody already signed in to confirm: the password first, then a factor where the account has one. */
@Injectable()
export class StepUp {
  constructor(
    private readonly passwords: Passwords,
    private readonly prover: Prover,
    private readonly stepUps: StepUps,
    private readonly refusals: Refusals,
    private readonly units: Units,
  ) {}

  async confirm(who: Confirmer, given: Confirmation, origin: Origin): Promise<Confirmed> {
    const password = await this.passwords.check(who.session, given.password);
    if (password !== 'right') return this.wrongPassword(who, password, origin);
    const { enabled, damaged } = who.standing;
    return enabled || damaged ? this.prove(who, given, origin) : this.withoutFactor(who, origin);
  }

  private async prove(who: Confirmer, { asked, proof }: Confirmation, origin: Origin): Promise<Confirmed> {
    const { account, key } = who.session;
    const { standing } = who;
    const place = { accountId: account.id, ip: origin.ip, key };
    let freshUntil = 0;
    const answer = await this.prover.prove(
      { account, standing, asked, proof, place, origin },
      async (stores, tell, { kind }) => {
        freshUntil = await this.stepUps.grant(stores, 'full', { account, standing, key });
        tell('two-factor.step-up.passed', { kind });
        return true;
      },
    );
    if (answer.status === 'refused') {
      await this.refusals.tell('step-up', { accountId: account.id, origin }, answer);
    }
    return answer.status === 'passed' ? { status: 'passed', freshUntil, left: answer.left?.left } : answer;
  }

  private async withoutFactor({ session, standing }: Confirmer, origin: Origin): Promise<Confirmed> {
    const { account, key } = session;
    const freshUntil = await this.units.run({ accountId: account.id, origin }, (stores, tell) => {
      tell('two-factor.step-up.passed', { kind: 'password' });
      return this.stepUps.grant(stores, 'full', { account, standing, key });
    });
    return { status: 'passed', freshUntil };
  }

  private async wrongPassword({ session }: Confirmer, password: 'wrong' | { until: number }, origin: Origin) {
    if (password !== 'wrong') return { ...password, status: 'password' } as const;
    await this.units.run({ accountId: session.account.id, origin }, async (_stores, tell) => {
      tell('two-factor.step-up.failed', { kind: 'password', reason: 'wrong' });
    });
    return { status: 'password' } as const;
  }
}
