import { twoFactor } from '../../two-factor/two-factor.portal-module.js';
import type { PortalModule } from './portal-module.js';

/** The modules this portal runs with: one line each. */
export const installedModules: readonly PortalModule[] = [twoFactor];
