import type { Type } from '../../core/common/type.js';
import { AfterSetUp } from './after-set-up.js';
import { BrakeTexts } from './brake-texts.js';
import { ProblemFilter } from './problem.filter.js';
import { Responder } from './responder.js';

/** The pages and services of this folder. */
export const responseProviders: readonly Type[] = [BrakeTexts, Responder, ProblemFilter, AfterSetUp];
