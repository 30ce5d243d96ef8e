import type { Type } from '../common/type.js';
import { Challenge } from './challenge.js';
import { LoginGate } from './login-gate.js';
import { PendingLogins } from './pending-logins.js';

/** The services of this folder. */
export const loginProviders: readonly Type[] = [LoginGate, Challenge, PendingLogins];
