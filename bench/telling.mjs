import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from '../scripts/build.mjs';
import { emailOf } from './authenticator.mjs';
import { databases } from './databases.mjs';
import { Server } from './server.mjs';

/**
 * Measures what the response times after `POST /password/forgot` reveal. A stranger asks for a link once. They then time
 * another route 30 to 120 ms later, where the work used to be, and guess whether an account has the address. Half of the
 * addresses belong to accounts, in random order. The thresholds are learned from one half of the trials and tested on the
 * other; 50 % is pure chance. It also measures the server's processor time for a request, to the end of its mail, which a
 * stranger does not see.
 */
const { values } = parseArgs({
  options: {
    trials: { type: 'string', default: '200' },
    from: { type: 'string', default: '30' },
    window: { type: 'string', default: '120' },
    rest: { type: 'string', default: '150' },
    blocks: { type: 'string', default: '6' },
    database: { type: 'string' },
  },
});
const [trials, from, window, rest, blocks] = ['trials', 'from', 'window', 'rest', 'blocks'].map((name) =>
  Number(values[name]),
);
/** Requests in a block, and how long their mails may take, in milliseconds. */
const [blockSize, tail] = [25, 4_000];
/** Trials before the measurement starts, because V8 has to compile the measured code. */
const warmUp = 60;
const root = fileURLToPath(new URL('..', import.meta.url));
const agent = new Agent({ keepAlive: true, maxSockets: 1 });

/** The values that a stranger can compute from the times of one trial. */
const features = {
  'longest answer': (times) => Math.max(0, ...times),
  'second longest': (times) => times.toSorted((one, other) => other - one)[1] ?? 0,
  'number of answers': (times) => times.length,
  'time beyond the usual': (times, usual) =>
    times.reduce((sum, each) => sum + Math.max(0, each - 1.5 * usual), 0),
};

await build();
const wish = values.database?.toLowerCase();
for (const database of databases(process.env))
  if (wish === undefined || database.name.toLowerCase().includes(wish)) await told(database);
agent.destroy();

async function told(database) {
  const folder = await mkdtemp(join(tmpdir(), 'telling-'));
  const { url, drop } = await database.make(folder);
  const password = 'a password for load tests';
  const env = {
    PORTAL_DATA: folder,
    DATABASE_URL: url,
    PASSWORD_HASH: 'm=8,t=1,p=1',
    SEED_PASSWORD: password,
  };
  try {
    seed(env);
    const server = await Server.start({ program: `${root}dist/src/main.js` }, env);
    try {
      report(database.name, await tries(server.port));
      await costs(database.name, server);
    } finally {
      await server.stop();
    }
  } finally {
    await drop?.();
    await rm(folder, { recursive: true, force: true });
  }
}

function seed(env) {
  const words = [
    `${root}dist/src/cli/seed.js`,
    '--accounts',
    String(trials + warmUp + blocks * blockSize),
    '--enrolled',
    '0',
  ];
  const stdio = ['ignore', 'ignore', 'inherit'];
  execFileSync(process.execPath, words, { env: { ...{ PATH: process.env.PATH }, ...env }, stdio });
}

async function tries(port) {
  const list = [];
  for (let number = 1; number <= trials + warmUp; number += 1) {
    const known = Math.random() < 0.5;
    const email = known ? emailOf(number) : stranger(number);
    await ask(port, 'POST /password/forgot', number, { email });
    const begun = performance.now();
    const times = [];
    while (performance.now() < begun + window) {
      const asked = performance.now();
      await ask(port, 'GET /readyz', number);
      if (asked >= begun + from) times.push(performance.now() - asked);
    }
    if (number > warmUp) list.push({ known, times });
    await pause(rest);
  }
  return list;
}

/** Alternating blocks of known and unknown addresses; the median of each counts. */
async function costs(name, server) {
  const spent = { known: [], unknown: [] };
  for (let block = 0; block < blocks * 2; block += 1) {
    const known = block % 2 === 0;
    const first = trials + warmUp + 1 + Math.floor(block / 2) * blockSize;
    const before = server.processorTime;
    for (let number = first; number < first + blockSize; number += 1)
      await ask(server.port, 'POST /password/forgot', number, {
        email: known ? emailOf(number) : stranger(number),
      });
    await pause(tail);
    spent[known ? 'known' : 'unknown'].push((server.processorTime - before) / blockSize);
  }
  for (const [which, list] of Object.entries(spent)) {
    console.log(`${name}: ${middleOf(list).toFixed(2)} ms of processor time for a request, ${which} address`);
  }
}

/** An address without an account. */
function stranger(number) {
  return emailOf(number).replace('user', 'anon');
}

/** `route`: method and path. It tries again if the server has just closed an idle connection. */
async function ask(port, route, number, body) {
  const again = (error) =>
    error.code === 'ECONNRESET' ? sent(port, route, number, body) : Promise.reject(error);
  await sent(port, route, number, body).catch(again);
}

function sent(port, route, number, body) {
  const [method, path] = route.split(' ');
  const headers = {
    'X-Forwarded-For': `10.1.${number >> 8}.${number & 255}`,
    'Content-Type': 'application/json',
    Accept: 'application/json',
  };
  return new Promise((resolve, reject) => {
    const asking = request({ agent, host: '127.0.0.1', port, method, path, headers }, (answer) => {
      answer.resume();
      answer.on('end', () =>
        answer.statusCode === 200 ? resolve() : reject(new Error(`${path}: ${answer.statusCode}`)),
      );
    });
    asking.on('error', reject);
    asking.end(body && JSON.stringify(body));
  });
}

/** Learned from each half and tested on the other. */
function report(name, list) {
  const usual = middleOf(list.flatMap(({ times }) => times));
  const halves = [0, 1].map((which) => list.filter((_, index) => index % 2 === which));
  for (const [feature, value] of Object.entries(features)) {
    const of = (times) => value(times, usual);
    const right = [0, 1].map((which) => rightly(best(halves[which], of), halves[1 - which], of));
    const share = ((100 * (right[0] + right[1])) / list.length).toFixed(0);
    console.log(
      `${name}: ${share} % of ${list.length} guessed rightly by the ${feature}, ${from} to ${window} ms`,
    );
  }
}

function rightly(rule, list, of) {
  return list.filter(({ known, times }) => rule(of(times)) === known).length;
}

function middleOf(list) {
  return list.toSorted((one, other) => one - other)[Math.floor(list.length / 2)] ?? 0;
}

/** The threshold, and its side, with the best guesses on the learning half. */
function best(list, of) {
  let found = { right: -1, rule: () => true };
  for (const at of list.map(({ times }) => of(times)))
    for (const above of [true, false]) {
      const rule = (value) => value > at === above;
      const right = rightly(rule, list, of);
      if (right > found.right) found = { right, rule };
    }
  return found.rule;
}
