import { Agent, request } from 'node:http';
import { codeOf, emailOf } from './authenticator.mjs';

/**
 * The clients, in their own process, so that their work is not counted as the server's. Each signs in once, with a fresh
 * account, authenticator and address, over open connections. Prints one line of JSON.
 */
const { port, first, count, together, seconds, password } = JSON.parse(process.argv[2]);
const agent = new Agent({ keepAlive: true, maxSockets: together });
const until = performance.now() + seconds * 1000;
const proofs = [];
const refused = new Map();
let next = first;

const started = performance.now();
await Promise.all(Array.from({ length: together }, visitors));
const spent = (performance.now() - started) / 1000;
agent.destroy();
process.stdout.write(`${JSON.stringify({ seconds: spent, proofs, refused: Object.fromEntries(refused) })}\n`);

async function visitors() {
  while (next < first + count && performance.now() < until) await signIn(next++);
}

async function signIn(number) {
  const email = emailOf(number);
  const visitor = {
    address: `10.${(number >> 16) & 255}.${(number >> 8) & 255}.${number & 255}`,
    cookies: '',
  };
  const held = await post(visitor, '/login', { email, password });
  if (held.status !== 200) return refuse(`/login ${held.status}`);
  const asked = performance.now();
  const proof = await post(visitor, '/login/challenge', { kind: 'totp', code: codeOf(email) });
  if (proof.status !== 200) return refuse(`/login/challenge ${proof.status}`);
  proofs.push(performance.now() - asked);
}

function refuse(what) {
  refused.set(what, (refused.get(what) ?? 0) + 1);
}

function post(visitor, path, fields) {
  const body = JSON.stringify(fields);
  const headers = {
    'Content-Type': 'application/json',
    'Content-Length': Buffer.byteLength(body),
    Accept: 'application/json',
    'X-Forwarded-For': visitor.address,
    ...(visitor.cookies ? { Cookie: visitor.cookies } : {}),
  };
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, path, method: 'POST', agent, headers }, (answer) => {
      const cookies = (answer.headers['set-cookie'] ?? []).map((line) => line.split(';')[0]);
      if (cookies.length > 0) visitor.cookies = cookies.join('; ');
      answer.resume().on('end', () => resolve({ status: answer.statusCode }));
    });
    sent.on('error', reject).end(body);
  });
}
