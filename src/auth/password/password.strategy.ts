import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import type { Request } from 'express';
import { Strategy } from 'passport-local';
import type { Account } from '../../accounts/account.js';
import type { PasswordStep } from './password-step.js';

/** The step that checks the password of each request; see `PasswordStrategy`. */
const judges = new WeakMap<Request, PasswordStep>();

/** Sets the step that checks the password of this request. */
export function judgedBy(request: Request, step: PasswordStep): void {
  judges.set(request, step);
}

/**
 * Connects passport-local with the portal's accounts. It returns the account of the password and creates no session. Passport
 * is global to the process and keeps only the last strategy. With two portals in one process, as in tests and beside the
 * command line, each request must still be checked by its own portal.
 */
@Injectable()
export class PasswordStrategy extends PassportStrategy(Strategy) {
  constructor() {
    super({ usernameField: 'email', passwordField: 'password', passReqToCallback: true, session: false });
  }

  async validate(request: Request, email: string, password: string): Promise<Account | false> {
    return (await judges.get(request)?.check(request, email, password)) ?? false;
  }
}
