import { coreEvents, type TwoFactorEventName } from './core/contracts/events.js';
import { backupCodesEvents } from './factors/backup-codes/backup-codes.events.js';

/** The catalogue: each event's name, and when it is emitted. `docs/events.md` lists exactly these. */
export const twoFactorEvents: Readonly<Record<TwoFactorEventName, string>> = {
  ...coreEvents,
  ...backupCodesEvents,
};
