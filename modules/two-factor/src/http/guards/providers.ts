import type { Type } from '../../core/common/type.js';
import { OpenedFor } from '../request/opened-for.js';
import { RefusedOrigins } from './refused-origins.js';

/** The services of this folder. */
export const guardProviders: readonly Type[] = [OpenedFor, RefusedOrigins];
