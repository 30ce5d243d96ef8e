import { type CustomDecorator, SetMetadata } from '@nestjs/common';
import type { Role } from '../../accounts/account.js';

/** Who may pass one of the portal's own doors. */
export type Mark =
  | { readonly door: 'public' | 'visitors' | 'signed-in' }
  | { readonly door: 'staff'; readonly roles: readonly Role[] };

/** Metadata key of a route's mark. A route without one is refused to everybody. */
export const markKey = 'portal:door';

function mark(value: Mark): CustomDecorator {
  return SetMetadata(markKey, value);
}

/** Open to everybody: visitors, held logins, people signed in. */
export const Public = (): CustomDecorator => mark({ door: 'public' });

/** For people who are about to sign in; who has signed in already is sent home. */
export const Visitors = (): CustomDecorator => mark({ door: 'visitors' });

/** For everybody signed in. */
export const SignedIn = (): CustomDecorator => mark({ door: 'signed-in' });

/** For staff: with a role, for that role and the administrators; without one, for all staff. */
export const Staff = (role: 'support' | 'admin' = 'support'): CustomDecorator =>
  mark({ door: 'staff', roles: role === 'admin' ? ['admin'] : ['support', 'admin'] });
