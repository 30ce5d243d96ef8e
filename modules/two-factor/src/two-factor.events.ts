import { coreEvents, type TwoFactorEventName } from './core/contracts/events.js';
import type { Factor } from './core/contracts/factor.js';
import { backupCodesEvents } from './factors/backup-codes/backup-codes.events.js';
import { helpDeskCodeEvents } from './factors/help-desk-code/help-desk-code.events.js';

/** The catalogue: each event's name, and when it is emitted. `docs/events.md` lists exactly these. */
export const catalogue: Readonly<Record<TwoFactorEventName, string>> = {
  ...coreEvents,
  ...backupCodesEvents,
  ...helpDeskCodeEvents,
};

/** The catalogue of a host with these kinds: `catalogue`, and the events of recovery kinds from other packages. */
export function twoFactorEventsOf(factors: readonly Factor[]): Readonly<Record<TwoFactorEventName, string>> {
  const added = factors.flatMap((factor) => (factor.role === 'recovery' ? recoveryEvents(factor) : []));
  const others = added.filter(([name]) => !(name in catalogue));
  return { ...catalogue, ...Object.fromEntries(others) };
}

function recoveryEvents({ kind, events = {} }: Extract<Factor, { role: 'recovery' }>): [string, string][] {
  const neutral = Object.entries({
    issued: 'A new set of recovery codes was created; the older set is void.',
    used: 'A recovery code was used, for a sign-in or a step-up.',
    'running-low': 'Three or fewer recovery codes are left.',
    exhausted: 'The last recovery code was used.',
  });
  return neutral.map(([name, sentence]) => {
    const full = `two-factor.${kind}.${name}`;
    return [full, events[full] ?? sentence];
  });
}
