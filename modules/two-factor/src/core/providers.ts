import type { Type } from './common/type.js';
import { stopLinksProviders } from './stop-links/providers.js';
import { outboxProviders } from './outbox/providers.js';
import { encryptionProviders } from './encryption/providers.js';
import { brakeProviders } from './brake/providers.js';
import { accountsProviders } from './accounts/providers.js';
import { rateLimitsProviders } from './rate-limits/providers.js';
import { challengesProviders } from './challenges/providers.js';
import { verificationProviders } from './verification/providers.js';
import { stepUpProviders } from './step-up/providers.js';
import { devicesProviders } from './devices/providers.js';
import { enrollmentProviders } from './enrollment/providers.js';
import { loginProviders } from './login/providers.js';
import { lockDownProviders } from './lock-down/providers.js';
import { passwordlessProviders } from './passwordless/providers.js';
import { callerCheckProviders } from './caller-check/providers.js';
import { checkUpProviders } from './check-up/providers.js';
import { adminProviders } from './admin/providers.js';
import { recoveryDeskProviders } from './recovery-desk/providers.js';

/** The services of the core, folder by folder. The module and the tests create them from this list. */
export const coreProviders: readonly Type[] = [
  ...stopLinksProviders,
  ...outboxProviders,
  ...encryptionProviders,
  ...accountsProviders,
  ...rateLimitsProviders,
  ...brakeProviders,
  ...challengesProviders,
  ...verificationProviders,
  ...stepUpProviders,
  ...devicesProviders,
  ...enrollmentProviders,
  ...lockDownProviders,
  ...loginProviders,
  ...passwordlessProviders,
  ...callerCheckProviders,
  ...checkUpProviders,
  ...adminProviders,
  ...recoveryDeskProviders,
];
