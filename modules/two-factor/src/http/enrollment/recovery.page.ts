import { Injectable } from '@nestjs/common';
import { FactorRegistry } from '../../core/accounts/factor-registry.js';
import { Problem } from '../../core/common/errors.js';
import { StepUpTokens, type StepUpContext } from '../../core/step-up/step-up-tokens.js';
import { SecretStorage } from '../../core/encryption/secret-storage.js';
import { Routes } from '../response/routes.js';
import type { Reply } from '../response/reply.js';

/** The page of a recovery kind: the number of unused codes, and the next steps after signing in with one. */
@Injectable()
export class RecoveryPage {
  constructor(
    private readonly registry: FactorRegistry,
    private readonly secretStorage: SecretStorage,
    private readonly stepUpTokens: StepUpTokens,
    private readonly routes: Routes,
  ) {}

  shows(kind: string): boolean {
    return this.registry.recovery(kind) !== undefined || this.isHandedOut(kind);
  }

  async render(who: StepUpContext, kind: string, returnTo?: string): Promise<Reply> {
    if (this.isHandedOut(kind)) return this.afterHandedOut(who, kind, returnTo);
    const { behaviour } = this.registry.recovery(kind) ?? {};
    const stored = who.accountState.factors.find((factor) => factor.kind === kind);
    const count =
      behaviour && stored ? behaviour.left(this.secretStorage.openFactor(stored).data) : { left: 0, of: 0 };
    const model = {
      ...count,
      kind,
      ...(stored && { view: `${kind}/card`, createdAt: stored.createdAt }),
      usedToSignIn: await this.stepUpTokens.isRecovering(who),
      replacements: this.replacements(who),
      renew: this.routes.setUp(false, kind),
      next: this.routes.local(returnTo),
    };
    return {
      page: { view: 'manage/recovery', model },
      json: behaviour ? { [behaviour.leftField]: count.left } : {},
    };
  }

  /** The page after a sign-in by a code that staff handed out. There is no set of such codes to show. */
  private async afterHandedOut(who: StepUpContext, kind: string, returnTo?: string): Promise<Reply> {
    if (!(await this.stepUpTokens.isRecovering(who)))
      throw new Problem('NOT_FOUND', 'There is no such set of codes.');
    const model = { kind, replacements: this.replacements(who), next: this.routes.local(returnTo) };
    return { page: { view: `${kind}/used`, model }, json: { kind } };
  }

  private isHandedOut(kind: string): boolean {
    return this.registry.handedOut()?.definition.kind === kind;
  }

  /**
   * The factors that were probably lost: each primary factor, with the link to replace it. If its kind cannot be used any more,
   * another kind replaces it.
   */
  private replacements({ session, accountState }: StepUpContext) {
    const [instead] = this.registry.offered(session.account);
    return accountState.factors
      .filter(({ kind }) => this.registry.primary(kind))
      .map((lost) => {
        const [own] = this.registry.usable(session.account, [lost]);
        const kind = own?.kind ?? instead?.definition.kind;
        return { label: lost.label, href: this.routes.setUp(false, kind, '', { replaces: lost.id }) };
      });
  }
}
