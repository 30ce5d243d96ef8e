import type { Type } from '../common/type.js';
import { Brake } from './brake.js';
import { BrakeShortenings } from './brake-shortenings.js';

/** The services of this folder. */
export const brakeProviders: readonly Type[] = [Brake, BrakeShortenings];
