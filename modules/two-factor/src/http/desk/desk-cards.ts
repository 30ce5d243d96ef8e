import { Injectable } from '@nestjs/common';
import { CallerChecks } from '../../core/caller-check/caller-checks.js';
import { CheckUpReader } from '../../core/check-up/check-up-reader.js';
import { RecoverySelfService } from '../../core/recovery-desk/recovery-self-service.js';
import type { StepUpContext } from '../../core/step-up/step-up-tokens.js';
import { Routes } from '../response/routes.js';
import { caseOwnerOf } from './case-owner-of.js';

/** The cards of the Security page about the help desk: the open case, a caller check, and "Does it still work?". */
@Injectable()
export class DeskCards {
  constructor(
    private readonly callerChecks: CallerChecks,
    private readonly recovery: RecoverySelfService,
    private readonly checkUp: CheckUpReader,
    private readonly routes: Routes,
  ) {}

  async of(who: StepUpContext) {
    const { account } = who.session;
    const { case: found } = await this.recovery.outlook(caseOwnerOf(who));
    const [caller] = await this.callerChecks.open(account.id);
    const { factors } = await this.checkUp.of(account, who.accountState);
    const asked = factors.filter(({ isAsked }) => isAsked);
    return {
      recovery: found && {
        openedAt: found.openedAt,
        waitsUntil: found.waitsUntil,
        href: this.routes.recoveryCase(),
      },
      caller: { agent: caller?.agentName, href: this.routes.verifyCaller() },
      checkUp: asked.length > 0 && {
        kinds: [...new Set(asked.map(({ kind }) => kind))],
        failed: asked.filter(({ state }) => state === 'failed').map(({ kind }) => kind),
        ...{ href: this.routes.checkUp(), later: this.routes.checkUpLater() },
      },
    };
  }
}
