import type { Type } from '../../core/common/type.js';
import { Gate } from './gate.js';
import { SecondFactorRequiredFilter } from './second-factor-required.js';

/** The pages and services of this folder. */
export const gateProviders: readonly Type[] = [Gate, SecondFactorRequiredFilter];
