import type { Type } from '../common/type.js';
import { Confirmations } from './confirmations.js';
import { PasswordCheck } from './password-check.js';
import { StepUp } from './step-up.js';
import { StepUpTokens } from './step-up-tokens.js';
import { SessionProof } from './session-proof.js';

/** The services of this folder. */
export const stepUpProviders: readonly Type[] = [
  Confirmations,
  PasswordCheck,
  StepUp,
  StepUpTokens,
  SessionProof,
];
