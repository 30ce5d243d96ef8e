import { type CustomDecorator, SetMetadata } from '@nestjs/common';
import type { Role } from '../../accounts/account.js';

/** The access level of a portal route. */
export type AccessMark =
  | { readonly door: 'public' | 'visitors' | 'signed-in' }
  | { readonly door: 'staff'; readonly roles: readonly Role[] };

/** Metadata key of a route's access level. A route without one is refused for everyone. */
export const markKey = 'portal:door';

function mark(value: AccessMark): CustomDecorator {
  return SetMetadata(markKey, value);
}

/** Open for all: visitors, pending logins, signed-in people. */
export const Public = (): CustomDecorator => mark({ door: 'public' });

/** For people who are about to sign in; signed-in people are redirected to the home page. */
export const Visitors = (): CustomDecorator => mark({ door: 'visitors' });

/** For all signed-in people. */
export const SignedIn = (): CustomDecorator => mark({ door: 'signed-in' });

/** For staff. With a role: that role and administrators. Without a role: all staff. */
export const Staff = (role: 'support' | 'admin' = 'support'): CustomDecorator =>
  mark({ door: 'staff', roles: role === 'admin' ? ['admin'] : ['support', 'admin'] });
