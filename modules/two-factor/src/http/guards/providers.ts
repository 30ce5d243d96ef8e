import type { Type } from '../../core/common/type.js';
import { RefusedOrigins } from './refused-origins.js';

/** The services of this folder. */
export const guardProviders: readonly Type[] = [RefusedOrigins];
