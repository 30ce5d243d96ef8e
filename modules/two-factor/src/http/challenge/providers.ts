import type { Type } from '../../core/common/type.js';
import { CancelController } from './cancel.controller.js';
import { ChallengeController } from './challenge.controller.js';
import { ChallengePage } from './challenge.page.js';
import { ProblemMessages } from './problem-messages.js';
import { ResendController } from './resend.controller.js';

/** The controllers of this folder. */
export const challengeControllers: readonly Type[] = [
  ChallengeController,
  ResendController,
  CancelController,
];

/** The pages and services of this folder. */
export const challengeProviders: readonly Type[] = [ChallengePage, ProblemMessages];
