import { SetMetadata, type ExecutionContext, type Type } from '@nestjs/common';

/** Which people a route of the package is for. A host's own guard may read it with `doorOf`. */
export type Door = 'public' | 'held' | 'signed-in';

const DOOR = 'nestjs-two-factor:door';

/** For everybody: signing in begins there. */
export const ForEverybody = () => SetMetadata(DOOR, 'public' satisfies Door);

/** For logins that are held: the password was right, nobody is signed in. */
export const ForHeld = () => SetMetadata(DOOR, 'held' satisfies Door);

/** For people who are signed in. */
export const ForSignedIn = () => SetMetadata(DOOR, 'signed-in' satisfies Door);

/** The door of the package's route at hand; undefined for routes that are not the package's. */
export function doorOf(context: ExecutionContext): Door | undefined {
  return doorOfClass(context.getClass());
}

export function doorOfClass(controller: Type): Door | undefined {
  return Reflect.getMetadata(DOOR, controller) as Door | undefined;
}
