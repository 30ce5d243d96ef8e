import { Injectable } from '@nestjs/common';
import type { DeviceToken } from '../devices/devices.js';
import type { Proof } from '../contracts/factor.js';
import type { Held } from './held-logins.js';
import type { Origin } from '../common/origin.js';
import { Prover, type Answer } from '../verification/prover.js';
import { Refusals } from '../verification/refusals.js';
import { Settlement } from './settlement.js';

/** What somebody sends as an answer. */
export interface Given {
  /** The kind that was asked for. */
  readonly asked: string;
  readonly proof: Proof;
  /** This browser shall not be asked again for some days. */
  readonly trust?: boolean;
}

/** What became of it; `device`: what the browser is to keep. */
export type Outcome =
  | (Extract<Answer, { status: 'passed' }> & { readonly device?: DeviceToken | undefined })
  | Exclude<Answer, { status: 'passed' }>;

/** The question put to a held login, and its answer. */
@Injectable()
export class Challenge {
  constructor(
    private readonly prover: Prover,
    private readonly refusals: Refusals,
    private readonly settlement: Settlement,
  ) {}

  /** Judges an answer. `passed`: the held login is used up, and its session may be completed. */
  async answer(held: Held, { asked, proof, trust = false }: Given, origin: Origin): Promise<Outcome> {
    const { account, standing, key, ref } = held;
    const place = { accountId: account.id, ip: origin.ip, held: ref, key };
    let device: DeviceToken | undefined;
    const question = { account, standing, asked, proof, place, origin };
    const answer = await this.prover.prove(question, async (stores, tell, accepted) => {
      if (!(await this.settlement.settle(held, stores, tell, accepted))) return false;
      const browser = { kind: accepted.kind, agent: origin.userAgent };
      device = trust ? await this.settlement.trust(held, stores, tell, browser) : undefined;
      return true;
    });
    if (answer.status === 'passed') return { ...answer, device };
    if (answer.status === 'refused') {
      await this.refusals.tell('challenge', { accountId: account.id, origin }, answer);
    }
    return answer;
  }
}
