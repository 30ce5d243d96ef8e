import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { databases } from './databases.mjs';
import { measure } from './measure.mjs';
import { targets } from './targets.mjs';

/**
 * Measures the server's cost of a sign-in with a security code: two POSTs, alternating between the built portal and a
 * naive one, on each database. Compare ratios within one run only. Needs Linux, because /proc gives the processor time
 * of a process.
 */
const { values } = parseArgs({
  options: {
    'sign-ins': { type: 'string', default: '2000' },
    together: { type: 'string', default: '16' },
    seconds: { type: 'string', default: '60' },
    rounds: { type: 'string', default: '1' },
    hash: { type: 'string' },
    database: { type: 'string' },
    target: { type: 'string' },
    profile: { type: 'string' },
  },
});

const trivial = 'm=8,t=1,p=1';
/** With the real cost nearly all the time is Argon2id, so fewer sign-ins are enough. */
const hashes = [
  { hash: 'm=19456,t=2,p=1', share: 0.2 },
  { hash: trivial, share: 1 },
].filter(({ hash }) => values.hash === undefined || values.hash === hash);

const columns = ['signIns', 'perSecond', 'p50', 'p95', 'p99', 'processor', 'memory', 'start'];
const headings = ['sign-ins', 'a second', 'p50 ms', 'p95 ms', 'p99 ms', 'CPU ms each', 'RSS MB', 'start ms'];

const chosen = ({ name }, wish) => wish === undefined || name.toLowerCase().includes(wish.toLowerCase());
const rows = [];
for (const database of databases(process.env).filter((each) => chosen(each, values.database)))
  for (const { hash, share } of hashes) rows.push(...(await inTurn(database, hash, share)));
report(rows);

/** Runs in rounds, so that a slow minute of the machine affects all targets. The median round of each target counts. */
async function inTurn(database, hash, share) {
  const candidates = (await targets()).filter((each) => chosen(each, values.target));
  const told = candidates.map(() => []);
  for (let round = 0; round < Number(values.rounds); round += 1)
    for (const [i, target] of candidates.entries()) told[i].push(await one(target, database, hash, share));
  return told.map(middle);
}

function middle(rounds) {
  const inOrder = rounds.toSorted((one, other) => one.processor - other.processor);
  return inOrder[Math.floor(inOrder.length / 2)];
}

async function one(target, database, hash, share) {
  const signIns = Math.max(1, Math.round(Number(values['sign-ins']) * share));
  const bounds = {
    together: Number(values.together),
    seconds: Number(values.seconds),
    profile: values.profile,
  };
  // The same number of sign-ins runs before as warm-up, because a portal that runs for weeks does not pay for V8's
  // compilation.
  const limits = { ...bounds, hash, signIns, warmUp: signIns };
  const told = await measure(target, database, limits);
  process.stderr.write(`${target.name}, ${database.name}, ${hash}: ${told.processor} ms a sign-in\n`);
  return { ...told, target: target.name, database: database.name, hash };
}

function report(results) {
  const lines = results.map((row) => [
    row.target,
    row.database,
    row.hash,
    ...columns.map((name) => row[name]),
  ]);
  console.log(table([['portal', 'database', 'Argon2id', ...headings], ...lines]));
  for (const { target, refused } of results.filter((row) => Object.keys(row.refused).length > 0))
    console.log(`refused by ${target}: ${JSON.stringify(refused)}`);
  console.log(`\nwritten to ${keep(results)}`);
  process.exitCode = results.every(({ refused, signIns }) => signIns > 0 && Object.keys(refused).length === 0)
    ? 0
    : 1;
}

function table(lines) {
  const widths = lines[0].map((_, column) => Math.max(...lines.map((line) => String(line[column]).length)));
  return lines.map((line) => line.map((cell, i) => String(cell).padEnd(widths[i])).join('  ')).join('\n');
}

function keep(results) {
  const folder = fileURLToPath(new URL('results', import.meta.url));
  const at = new Date().toISOString();
  const file = join(folder, `${at.replace(/[:.]/g, '-')}.json`);
  mkdirSync(folder, { recursive: true });
  const machine = { node: process.version, cores: availableParallelism() };
  writeFileSync(file, `${JSON.stringify({ ...machine, at, options: values, results }, null, 2)}\n`);
  return file;
}
