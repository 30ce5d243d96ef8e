import type { Type } from '../common/type.js';
import { CallerCheckDesk } from './caller-check-desk.js';
import { CallerChecks } from './caller-checks.js';

/** The services of this folder. */
export const callerCheckProviders: readonly Type[] = [CallerChecks, CallerCheckDesk];
