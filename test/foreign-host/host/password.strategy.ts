import { Injectable, UnauthorizedException } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import type { Request } from 'express';
import { Strategy } from 'passport-local';
import { requireSecondFactor } from './require-second-factor.js';
import type { User } from './user.entity.js';
import { Users } from './users.js';

@Injectable()
export class PasswordStrategy extends PassportStrategy(Strategy) {
  // README: begin
  constructor(private readonly users: Users) {
    super({ usernameField: 'email', passReqToCallback: true });
  }

  async validate(request: Request, email: string, password: string): Promise<User> {
    const user = await this.users.withPassword(email, password);
    if (!user) throw new UnauthorizedException();
    requireSecondFactor(request, user);
    return user;
  }
  // README: end
}
