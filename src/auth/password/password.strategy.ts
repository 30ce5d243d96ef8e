import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import type { Request } from 'express';
import { Strategy } from 'passport-local';
import type { Account } from '../../accounts/account.js';
import type { PasswordStep } from './password-step.js';

/** Who judges the password of each request; see `PasswordStrategy`. */
const judges = new WeakMap<Request, PasswordStep>();

/** The password of this request is judged by this step. */
export function judgedBy(request: Request, step: PasswordStep): void {
  judges.set(request, step);
}

/**
 * passport-local over the portal's accounts. It says whose password it was; it signs nobody in. Passport is one for the
 * whole process and keeps the strategy that came last: with two portals in one process, as in tests and beside the command
 * line, each request must still be judged by its own.
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
