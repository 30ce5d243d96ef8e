import type { Request } from 'express';

/** Signs the request's user in, as passport does it. */
export function signIn(request: Request): Promise<void> {
  return new Promise((resolve, reject) => {
    request.logIn(request.user as Express.User, (error?: Error | null) => {
      if (error) reject(error);
      else resolve();
    });
  });
}
