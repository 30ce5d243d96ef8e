import passport from 'passport';

/**
 * Runs applications as a process of their own would: their passport knows nobody else's strategies and serializers. Afterwards
 * it is as before.
 */
export async function withOwnPassport(run: () => Promise<void>): Promise<void> {
  const before = { ...passport };
  Object.assign(passport, new passport.Passport());
  try {
    await run();
  } finally {
    Object.assign(passport, before);
  }
}
