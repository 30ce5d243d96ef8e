import type { Owner } from '../../core/enrollment/removal.js';
import type { Confirmer } from '../../core/step-up/step-ups.js';

/** A signed-in person who changes their own factors: their other sessions end, this one stays. */
export function ownerOf({ session, standing }: Confirmer): Owner {
  return { account: session.account, standing, keepKey: session.key };
}
