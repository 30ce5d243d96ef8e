import { createHash } from 'node:crypto';
import { hash } from '@node-rs/argon2';
import { emailOf } from '../authenticator.mjs';
import { connect } from './database.mjs';

/** The same people as `npm run seed` creates. */
const { run, close } = await connect(process.env.DATABASE_URL);
const [memoryCost, timeCost, parallelism] = process.env.PASSWORD_HASH.split(',').map((part) =>
  Number(part.slice(2)),
);
const passwordHash = await hash(process.env.SEED_PASSWORD, { memoryCost, timeCost, parallelism });

await run(`CREATE TABLE users (
  id INTEGER PRIMARY KEY, email VARCHAR(254) UNIQUE, password_hash VARCHAR(255), secret VARCHAR(64), last_step INTEGER)`);
await run('CREATE TABLE sessions (id VARCHAR(64) PRIMARY KEY, held_id INTEGER, user_id INTEGER)');

const people = Array.from({ length: Number(process.argv[2]) }, (_, i) => person(i + 1));
for (let from = 0; from < people.length; from += 500) await add(people.slice(from, from + 500));
await close();

async function add(some) {
  const places = some.map(() => '(?, ?, ?, ?, 0)').join(', ');
  await run(`INSERT INTO users (id, email, password_hash, secret, last_step) VALUES ${places}`, some.flat());
}

function person(number) {
  const email = emailOf(number);
  return [number, email, passwordHash, createHash('sha1').update(email).digest('hex')];
}
