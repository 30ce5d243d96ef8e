import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import type { Request } from 'express';
import { Strategy } from 'passport-local';
import type { Account } from '../accounts/account.js';
import { PasswordStep } from './password-step.js';

/** passport-local over the portal's accounts. It says whose password it was; it signs nobody in. */
@Injectable()
export class PasswordStrategy extends PassportStrategy(Strategy) {
  constructor(private readonly step: PasswordStep) {
    super({ usernameField: 'email', passwordField: 'password', passReqToCallback: true, session: false });
  }

  async validate(request: Request, email: string, password: string): Promise<Account | false> {
    return (await this.step.check(request, email, password)) ?? false;
  }
}
