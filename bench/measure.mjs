import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Server } from './server.mjs';

const password = 'a password for load tests';
const loadProgram = fileURLToPath(new URL('load.mjs', import.meta.url));
/** Events are delivered after the answer. That work belongs to the sign-in too, so the measurement waits for it. Milliseconds. */
const tail = 1_500;

/** Seeds, starts and loads one target on one database, and returns its costs. */
export async function measure(target, database, { hash, signIns, warmUp, together, seconds, profile }) {
  const folder = await mkdtemp(join(tmpdir(), 'bench-'));
  const { url, drop } = await database.make(folder);
  const env = { PORTAL_DATA: folder, DATABASE_URL: url, PASSWORD_HASH: hash, SEED_PASSWORD: password };
  try {
    await target.seed(env, warmUp + signIns);
    const nodeOptions = profile ? ['--cpu-prof', `--cpu-prof-dir=${profile}`] : [];
    const server = await Server.start({ ...target, nodeOptions }, env);
    const visit = (first, count) => load({ port: server.port, first, count, together, seconds, password });
    try {
      await visit(1, warmUp);
      await pause(tail);
      const before = server.processorTime;
      const visits = await visit(warmUp + 1, signIns);
      await pause(tail);
      return figures(visits, server.processorTime - before, server);
    } finally {
      await server.stop();
    }
  } finally {
    await drop?.();
    await rm(folder, { recursive: true, force: true });
  }
}

async function load(options) {
  const limits = { maxBuffer: 64 * 1024 * 1024 };
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [loadProgram, JSON.stringify(options)],
    limits,
  );
  return JSON.parse(stdout);
}

function figures({ seconds, proofs, refused }, processor, server) {
  const sorted = proofs.toSorted((one, other) => one - other);
  const at = (share) => rounded(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);
  return {
    signIns: proofs.length,
    perSecond: rounded(proofs.length / seconds),
    p50: at(0.5),
    p95: at(0.95),
    p99: at(0.99),
    processor: rounded(processor / proofs.length),
    memory: server.memory,
    start: server.startedIn,
    refused,
  };
}

function rounded(number) {
  return Number(number.toFixed(number < 100 ? 2 : 0));
}
