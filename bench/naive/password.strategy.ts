import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import { InjectRepository } from '@nestjs/typeorm';
import { verify } from '@node-rs/argon2';
import { Strategy } from 'passport-local';
import { Repository } from 'typeorm';
import { User } from './user.entity.js';

/** E-mail and password, with the standard strategy. */
@Injectable()
export class PasswordStrategy extends PassportStrategy(Strategy) {
  constructor(@InjectRepository(User) private readonly users: Repository<User>) {
    super({ usernameField: 'email' });
  }

  async validate(email: string, password: string): Promise<User | null> {
    const user = await this.users.findOneBy({ email });
    return user && (await verify(user.passwordHash, password)) ? user : null;
  }
}
