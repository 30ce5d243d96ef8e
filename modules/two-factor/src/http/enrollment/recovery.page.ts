import { Injectable } from '@nestjs/common';
import { FactorRegistry } from '../../core/accounts/factor-registry.js';
import { StepUps, type Confirmer } from '../../core/step-up/step-ups.js';
import { Vault } from '../../core/encryption/vault.js';
import { Addresses } from '../response/addresses.js';
import type { Reply } from '../response/reply.js';

/** The page of a recovery kind: the number of unused codes, and the next steps after signing in with one. */
@Injectable()
export class RecoveryPage {
  constructor(
    private readonly registry: FactorRegistry,
    private readonly vault: Vault,
    private readonly stepUps: StepUps,
    private readonly addresses: Addresses,
  ) {}

  shows(kind: string): boolean {
    return this.registry.recovery(kind) !== undefined;
  }

  async of(who: Confirmer, kind: string, returnTo?: string): Promise<Reply> {
    const { act } = this.registry.recovery(kind) ?? {};
    const stored = who.standing.factors.find((factor) => factor.kind === kind);
    const count = act && stored ? act.left(this.vault.openFactor(stored).data) : { left: 0, of: 0 };
    const model = {
      kind,
      ...count,
      ...(stored && { view: `${kind}/card`, createdAt: stored.createdAt }),
      usedToSignIn: await this.stepUps.recovering(who),
      replacements: this.replacements(who),
      renew: this.addresses.setUp(false, kind),
      next: this.addresses.local(returnTo),
    };
    return { page: { view: 'manage/recovery', model }, json: act ? { [act.leftField]: count.left } : {} };
  }

  /**
   * The factors that were probably lost: each primary factor, with the link to replace it. If its kind cannot be used any more,
   * another kind replaces it.
   */
  private replacements({ session, standing }: Confirmer) {
    const [instead] = this.registry.offered(session.account);
    return standing.factors
      .filter(({ kind }) => this.registry.primary(kind))
      .map((lost) => {
        const [own] = this.registry.usable(session.account, [lost]);
        const kind = own?.kind ?? instead?.card.kind;
        return { label: lost.label, href: this.addresses.setUp(false, kind, '', { replaces: lost.id }) };
      });
  }
}
