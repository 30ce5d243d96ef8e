import type { Type } from '../common/type.js';
import { KeyReports } from './key-reports.js';
import { KeyRingCheck } from './key-ring-check.js';
import { KeyRotation } from './key-rotation.js';
import { SecretStorage } from './secret-storage.js';

/** The services of this folder. */
export const encryptionProviders: readonly Type[] = [KeyRingCheck, KeyReports, KeyRotation, SecretStorage];
