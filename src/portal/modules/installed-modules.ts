import { twoFactor } from '../../two-factor/two-factor.portal-module.js';
import type { PortalModule } from './portal-module.js';

/** The modules that this portal runs with: one entry each. */
export const installedModules: readonly PortalModule[] = [twoFactor];
