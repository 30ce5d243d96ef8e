import type { Type } from '../common/type.js';
import { ChallengeStates } from './challenge-states.js';
import { CodeDelivery } from './code-delivery.js';
import { CodeSender } from './code-sender.js';
import { OneTimeCodes } from './one-time-codes.js';

/** The services of this folder. */
export const challengesProviders: readonly Type[] = [CodeSender, CodeDelivery, ChallengeStates, OneTimeCodes];
