import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { get } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';

/** Processor time is counted in hundredths of a second (proc(5), sysconf(_SC_CLK_TCK)). */
const tick = 10;
/** Longest wait for the first answer, in milliseconds. */
const patience = 60_000;

/** A server under test, in its own process. */
export class Server {
  constructor(child, port, startedIn) {
    this.child = child;
    this.port = port;
    /** Milliseconds from the start of the process to its first 200. */
    this.startedIn = startedIn;
  }

  static async start({ program, nodeOptions = [] }, env) {
    const port = await freePort();
    const started = performance.now();
    const child = spawn(process.execPath, [...nodeOptions, program], {
      env: { ...{ PATH: process.env.PATH, PORT: String(port), TRUST_PROXY: '1' }, ...env },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    while (!(await isUp(port))) {
      if (child.exitCode !== null) throw new Error(`${program} ended with ${child.exitCode}.`);
      if (performance.now() - started > patience) throw new Error(`${program} does not answer.`);
      await pause(20);
    }
    return new Server(child, port, Math.round(performance.now() - started));
  }

  /** Milliseconds of processor time so far, of all its threads. */
  get processorTime() {
    const fields = readFileSync(`/proc/${this.child.pid}/stat`, 'utf8').split(') ')[1].split(' ');
    return (Number(fields[11]) + Number(fields[12])) * tick;
  }

  /** Resident memory, in megabytes. */
  get memory() {
    const [, kilobytes] = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${this.child.pid}/status`, 'utf8'));
    return Math.round(Number(kilobytes) / 1024);
  }

  async stop() {
    this.child.kill('SIGTERM');
    if (this.child.exitCode === null) await once(this.child, 'exit');
  }
}

function isUp(port) {
  return new Promise((resolve) => {
    const sent = get({ host: '127.0.0.1', port, path: '/healthz' }, (answer) => {
      answer.resume();
      resolve(answer.statusCode === 200);
    });
    sent.on('error', () => resolve(false));
  });
}

/** A free port of this machine. */
export function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
