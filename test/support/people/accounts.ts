import { randomBytes } from 'node:crypto';
import type { INestApplicationContext } from '@nestjs/common';
import type { Role } from '../../../src/accounts/account.js';
import { Accounts } from '../../../src/accounts/accounts.service.js';

/** A person with an account, and what they know. */
export interface Person {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly password: string;
}

/** Creates an account with a unique address and password. */
export async function makeAccount(app: INestApplicationContext, name: string, role: Role): Promise<Person> {
  const unique = randomBytes(5).toString('hex');
  const email = `${name.toLowerCase()}.${unique}@example.com`;
  const password = `correct horse ${unique}`;
  const { id } = await app.get(Accounts).create({ email, name, role, password });
  return { id, name, email, password };
}
