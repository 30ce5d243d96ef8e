import passport from 'passport';
import type { HostUser } from '../gate/host-user.js';
import { settled, type Done } from './settled.js';

/** As much of passport as is used here: with a value, it asks the host's deserializers. */
interface Deserializers {
  deserializeUser(serialized: string, request: object, done: Done<object | false | null>): void;
}

/**
 * The user object to sign in: by the host's `load`, else as passport finds it for a session that has the id in it.
 * Null: there is no such user any more.
 * @throws when somebody else, or no user at all, was found: a serializer that keeps more than the id needs a `load`.
 */
export async function userToSignIn(
  host: HostUser,
  accountId: string,
  request: object,
): Promise<object | null> {
  const user = host.load ? await host.load(accountId) : await deserialized(accountId, request);
  if (!user) return null;
  if (typeof user === 'object' && host.id(user) === accountId) return user;
  throw new Error('This is not the user to sign in. Say in forRoot({ user: { load } }) how to find users.');
}

async function deserialized(accountId: string, request: object): Promise<object | false | null> {
  const deserializers = passport as unknown as Deserializers;
  const user = await settled<object | false | null>((done) =>
    deserializers.deserializeUser(accountId, request, done),
  );
  return user ?? null;
}
