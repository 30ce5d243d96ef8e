import type { Type } from '../common/type.js';
import { Passwordless } from './passwordless.js';
import { PasswordlessChallenges } from './passwordless-challenges.js';

/** The services of this folder. */
export const passwordlessProviders: readonly Type[] = [PasswordlessChallenges, Passwordless];
