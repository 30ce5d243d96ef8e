import type { CaseOwner } from '../../core/recovery-cases/case-marks.js';
import type { StepUpContext } from '../../core/step-up/step-up-tokens.js';

/** The signed-in person as the owner of a case. */
export function caseOwnerOf({ session, accountState }: StepUpContext): CaseOwner {
  return { account: session.account, accountState };
}
