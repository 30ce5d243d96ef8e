import { type CustomDecorator, SetMetadata } from '@nestjs/common';
import type { Role } from '../../accounts/account.js';

/** The access level of a portal route. */
export type AccessMark =
  | { readonly accessLevel: 'public' | 'visitors' | 'signed-in' }
  | { readonly accessLevel: 'staff'; readonly roles: readonly Role[] };

/** Metadata key of a route's access level. A route without one is refused for everyone. */
export const markKey = 'portal:access-level';

function mark(value: AccessMark): CustomDecorator {
  return SetMetadata(markKey, value);
}

/** Open for all: visitors, pending logins, signed-in people. */
export const Public = (): CustomDecorator => mark({ accessLevel: 'public' });

/** For people who are about to sign in; signed-in people are redirected to the home page. */
export const Visitors = (): CustomDecorator => mark({ accessLevel: 'visitors' });

/** For all signed-in people. */
export const SignedIn = (): CustomDecorator => mark({ accessLevel: 'signed-in' });

/** For staff. With a role: that role and administrators. Without a role: all staff. */
export const Staff = (role: 'support' | 'admin' = 'support'): CustomDecorator =>
  mark({ accessLevel: 'staff', roles: role === 'admin' ? ['admin'] : ['support', 'admin'] });
