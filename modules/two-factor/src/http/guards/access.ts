import { SetMetadata, type ExecutionContext, type Type } from '@nestjs/common';

/** Access level of a route of the package. A host's own guard may read it with `accessOf`. */
export type Access = 'public' | 'pending' | 'signed-in';

const DOOR = 'nestjs-two-factor:door';

/** For all people: signing in begins there. */
export const ForEveryone = () => SetMetadata(DOOR, 'public' satisfies Access);

/** For pending logins: the password was right, there is no session. */
export const ForPendingLogin = () => SetMetadata(DOOR, 'pending' satisfies Access);

/** For signed-in people. */
export const ForSignedIn = () => SetMetadata(DOOR, 'signed-in' satisfies Access);

/** The access level of the current route; undefined for routes that do not belong to the package. */
export function accessOf(context: ExecutionContext): Access | undefined {
  return accessOfClass(context.getClass());
}

export function accessOfClass(controller: Type): Access | undefined {
  return Reflect.getMetadata(DOOR, controller) as Access | undefined;
}
