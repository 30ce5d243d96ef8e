import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';
import { verify } from '@node-rs/argon2';
import { connect } from './database.mjs';

/**
 * The minimum for a sign-in with a second factor: node:http and SQL statements, each committed alone. It has no
 * framework, no limits, no events and no encryption.
 */
const { run, close } = await connect(process.env.DATABASE_URL);
const routes = { '/login': login, '/login/challenge': prove, '/healthz': async () => ({}) };

const server = createServer((request, response) => {
  answer(request).then(
    ({ status = 200, cookie }) =>
      response.writeHead(status, cookie ? { 'Set-Cookie': `sid=${cookie}` } : {}).end('{}'),
    () => response.writeHead(500).end(),
  );
});
server.listen(Number(process.env.PORT), '127.0.0.1');
process.once('SIGTERM', () => server.close(() => close()).closeAllConnections());

async function answer(request) {
  const route = routes[request.url];
  if (!route) return { status: 404 };
  const parts = await request.toArray();
  return route(
    parts.length > 0 ? JSON.parse(Buffer.concat(parts).toString()) : {},
    request.headers.cookie?.slice(4),
  );
}

async function login({ email, password }) {
  const [user] = await run('SELECT id, password_hash FROM users WHERE email = ?', [email]);
  if (!user || !(await verify(user.password_hash, password))) return { status: 401 };
  const cookie = randomBytes(32).toString('base64url');
  await run('INSERT INTO sessions (id, held_id) VALUES (?, ?)', [cookie, user.id]);
  return { cookie };
}

async function prove({ code }, from) {
  const [held] = await run(
    'SELECT u.id, u.secret FROM sessions s JOIN users u ON u.id = s.held_id WHERE s.id = ?',
    [from ?? ''],
  );
  const step = held && matching(Buffer.from(held.secret, 'hex'), String(code));
  if (!step) return { status: 401 };
  await run('UPDATE users SET last_step = ? WHERE id = ? AND last_step < ?', [step, held.id, step]);
  const cookie = randomBytes(32).toString('base64url');
  await run('UPDATE sessions SET id = ?, held_id = NULL, user_id = ? WHERE id = ?', [cookie, held.id, from]);
  return { cookie };
}

/** The time step of this code: the current one or a neighbour (RFC 6238). */
function matching(secret, code) {
  const now = Math.floor(Date.now() / 30_000);
  return [now, now - 1, now + 1].find((step) =>
    timingSafeEqual(Buffer.from(codeAt(secret, step)), padded(code)),
  );
}

function padded(code) {
  return Buffer.from(code.slice(0, 6).padEnd(6));
}

function codeAt(secret, step) {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const hash = createHmac('sha1', secret).update(counter).digest();
  return String((hash.readUInt32BE(hash[19] & 15) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}
