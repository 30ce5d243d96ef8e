import { SetMetadata, type ExecutionContext, type Type } from '@nestjs/common';

/** Access level of a route of the package. A host's own guard may read it with `doorOf`. */
export type Door = 'public' | 'held' | 'signed-in';

const DOOR = 'nestjs-two-factor:door';

/** For all people: signing in begins there. */
export const ForEverybody = () => SetMetadata(DOOR, 'public' satisfies Door);

/** For pending logins: the password was right, there is no session. */
export const ForHeld = () => SetMetadata(DOOR, 'held' satisfies Door);

/** For signed-in people. */
export const ForSignedIn = () => SetMetadata(DOOR, 'signed-in' satisfies Door);

/** The access level of the current route; undefined for routes that do not belong to the package. */
export function doorOf(context: ExecutionContext): Door | undefined {
  return doorOfClass(context.getClass());
}

export function doorOfClass(controller: Type): Door | undefined {
  return Reflect.getMetadata(DOOR, controller) as Door | undefined;
}
