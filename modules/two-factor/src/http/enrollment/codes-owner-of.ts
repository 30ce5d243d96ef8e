import type { CodesOwner } from '../../core/enrollment/codes/unsaved-codes.js';
import type { StepUpContext } from '../../core/step-up/step-up-tokens.js';

/** The signed-in person, as the owner of codes that their session made. */
export function codesOwnerOf({ session, accountState }: StepUpContext): CodesOwner {
  return { account: session.account, accountState, key: session.key };
}
