import {
  BadRequestException,
  Body,
  ConflictException,
  Controller,
  Get,
  Post,
  Redirect,
} from '@nestjs/common';
import { page } from './page.js';
import { Users } from './users.js';

const form = `<form method="post">
  <label>Name <input name="name"></label>
  <label>E-mail <input name="email" type="email"></label>
  <label>Password, 12 characters or more <input name="password" type="password"></label>
  <button>Sign up</button>
</form>`;

/** Creates a user. */
@Controller('signup')
export class SignUpController {
  constructor(private readonly users: Users) {}

  @Get()
  show(): string {
    return page('Sign up', form);
  }

  @Post()
  @Redirect('/login', 303)
  async create(@Body() body: Readonly<Record<string, unknown>>): Promise<void> {
    const { name, email, password } = body;
    if (typeof name !== 'string' || typeof email !== 'string' || typeof password !== 'string')
      throw new BadRequestException('A name, an e-mail address and a password are needed.');
    if (password.length < 12) throw new BadRequestException('The password is too short.');
    if (await this.users.byEmail(email)) throw new ConflictException('This address has an account.');
    await this.users.add(email, name, password);
  }
}
