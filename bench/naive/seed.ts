import { createHash } from 'node:crypto';
import { hash, type Options } from '@node-rs/argon2';
import { naiveDatabase } from './database.js';
import { User } from './user.entity.js';

/** The same people as `npm run seed` creates, in the naive portal's table. */
const database = await naiveDatabase().initialize();
const passwordHash = await hash(process.env['SEED_PASSWORD'] ?? '', cost(process.env['PASSWORD_HASH'] ?? ''));
const people = Array.from({ length: Number(process.argv[2]) }, (_, i) => person(i + 1));
for (let from = 0; from < people.length; from += 500)
  await database.manager.insert(User, people.slice(from, from + 500));
await database.destroy();

function cost(text: string): Options {
  const [memoryCost, timeCost, parallelism] = text.split(',').map((part) => Number(part.slice(2)));
  return { memoryCost, timeCost, parallelism };
}

function person(number: number): Omit<User, 'id'> {
  const email = `user${String(number).padStart(6, '0')}@example.net`;
  return {
    email,
    passwordHash,
    totpSecret: base32(createHash('sha1').update(email).digest()),
    lastLoginAt: null,
  };
}

function base32(bytes: Uint8Array): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  return (bits.match(/.{5}/g) ?? []).map((group) => letters.charAt(parseInt(group, 2))).join('');
}
