import { Injectable } from '@nestjs/common';
import { PassportSerializer } from '@nestjs/passport';
import type { User } from './user.entity.js';
import { Users } from './users.js';

type Done = (error: unknown, value?: unknown) => void;

/** Into a session goes the id, a number; out of it comes the user. */
@Injectable()
export class UserSerializer extends PassportSerializer {
  constructor(private readonly users: Users) {
    super();
  }

  serializeUser(user: User, done: Done): void {
    done(null, user.id);
  }

  deserializeUser(id: number, done: Done): void {
    this.users.byId(id).then((user) => done(null, user), done);
  }
}
