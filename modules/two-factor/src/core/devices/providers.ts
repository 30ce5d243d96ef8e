import type { Type } from '../common/type.js';
import { TrustedDevices } from './trusted-devices.js';

/** The services of this folder. */
export const devicesProviders: readonly Type[] = [TrustedDevices];
