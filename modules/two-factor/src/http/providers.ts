import type { Provider } from '@nestjs/common';
import type { Type } from '../core/common/type.js';
import { passwordlessControllers, passwordlessProviders } from './passwordless/providers.js';
import { challengeControllers, challengeProviders } from './challenge/providers.js';
import { confirmControllers, confirmProviders } from './confirm/providers.js';
import { deskControllers, deskProviders } from './desk/providers.js';
import { securityControllers, securityProviders } from './security/providers.js';
import { enrollmentControllers, enrollmentProviders } from './enrollment/providers.js';
import { stopControllers, stopProviders } from './stop/providers.js';
import { guardProviders } from './guards/providers.js';
import { gateProviders } from './gate/providers.js';
import { responseProviders } from './response/providers.js';

/** The controllers; those with fixed addresses stand before those with a kind in their address. */
export const httpControllers: readonly Type[] = [
  ...passwordlessControllers,
  ...challengeControllers,
  ...confirmControllers,
  ...deskControllers,
  ...securityControllers,
  ...stopControllers,
  ...enrollmentControllers,
];

/** The pages and services of the http folders. */
export const httpProviders: readonly Provider[] = [
  ...passwordlessProviders,
  ...challengeProviders,
  ...confirmProviders,
  ...guardProviders,
  ...gateProviders,
  ...responseProviders,
  ...deskProviders,
  ...securityProviders,
  ...stopProviders,
  ...enrollmentProviders,
];
