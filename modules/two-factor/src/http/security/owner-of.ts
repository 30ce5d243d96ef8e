import type { SignedInOwner } from '../../core/enrollment/factor-removal.js';
import type { StepUpContext } from '../../core/step-up/step-up-tokens.js';

/** A signed-in person who changes their own factors: their other sessions end, this one stays. */
export function ownerOf({ session, accountState }: StepUpContext): SignedInOwner {
  return { account: session.account, accountState, keepKey: session.key };
}
