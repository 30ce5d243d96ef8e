import type { InstalledModules } from '../portal/modules/modules.js';

/** The names of two-factor's events, including those of recovery kinds from other packages, and of checks of callers. */
export function twoFactorEventNames(modules: InstalledModules): readonly string[] {
  return modules.events().filter((name) => /^(two-factor|account|caller)\./.test(name));
}
