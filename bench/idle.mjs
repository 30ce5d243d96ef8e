import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from '../scripts/build.mjs';
import { freePort, Server } from './server.mjs';

/**
 * Counts POSTs that are lost on idle connections. Each is sent a given number of seconds after the last answer on its
 * connection, spread evenly over a window. The target is the built portal, a server with Node's defaults, or either behind a
 * real nginx.
 */
const { values } = parseArgs({
  options: {
    target: { type: 'string', default: 'portal' },
    windows: { type: 'string', default: '4.9-5.1,59-61,74-76' },
    posts: { type: 'string', default: '2000' },
    connections: { type: 'string', default: '500' },
    nginx: { type: 'string' },
  },
});

const posts = Number(values.posts);
const connections = Number(values.connections);
const windows = values.windows.split(',').map((text) => ({ text, bounds: text.split('-').map(Number) }));

const folder = await mkdtemp(join(tmpdir(), 'idle-'));
const target = values.target === 'portal' ? await thePortal() : await nodesDefaults();
const front = values.nginx === undefined ? null : await nginxBefore(target.port, values.nginx);
try {
  const results = await Promise.all(windows.map((window) => measure(front?.port ?? target.port, window)));
  console.table(results);
  process.exitCode = results.every(({ lost }) => lost === 0) ? 0 : 1;
} finally {
  await front?.stop();
  await target.stop();
  await rm(folder, { recursive: true, force: true });
}

async function thePortal() {
  await build();
  const program = fileURLToPath(new URL('../dist/src/main.js', import.meta.url));
  const env = { PORTAL_DATA: folder, DATABASE_URL: `sqlite:${join(folder, 'portal.sqlite')}` };
  return Server.start({ program }, env);
}

async function nodesDefaults() {
  const server = createServer((request, response) => request.resume().on('end', () => response.end('{}')));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return { port: server.address().port, stop: () => server.close().closeAllConnections() };
}

/** Keeps idle connections to the target for this number of seconds, and connections of its clients for longer than any window. */
async function nginxBefore(node, seconds) {
  const port = await freePort();
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  const file = join(folder, 'nginx.conf');
  await writeFile(
    file,
    `daemon off; worker_processes 1; pid ${folder}/pid;
    events { worker_connections 8192; }
    http {
      access_log off; keepalive_timeout 600s; keepalive_requests 100000;
      ${temporary.map((name) => `${name}_temp_path ${folder}/${name};`).join(' ')}
      upstream target { server 127.0.0.1:${node}; keepalive 4000; keepalive_timeout ${seconds}s; }
      server {
        listen 127.0.0.1:${port} backlog=4096;
        location / {
          proxy_pass http://target; proxy_http_version 1.1; proxy_set_header Connection "";
          proxy_set_header X-Forwarded-For "$remote_addr:$remote_port";
        }
      }
    }`,
  );
  const path = `${process.env.PATH}:/usr/sbin`;
  const args = ['-e', join(folder, 'error.log'), '-p', folder, '-c', file];
  const child = spawn('nginx', args, { env: { PATH: path }, stdio: 'inherit' });
  await pause(500);
  const stop = async () => {
    child.kill('SIGTERM');
    if (child.exitCode === null) await once(child, 'exit');
  };
  return { port, stop };
}

/** Sends this number of POSTs in one window, over connections that each wait, send and wait again. */
async function measure(port, { text, bounds: [from, to] }) {
  const told = { window: `${text} s`, sent: 0, answered: 0, 'bad gateway': 0, 'closed before': 0, lost: 0 };
  const rounds = Math.ceil(posts / connections);
  const ask = async (number) => {
    for (let round = 0; round < rounds;) {
      const connection = await opened(port);
      // The first one opens the connection and is not counted. The connections start at different times.
      await pause(number * 2);
      await connection.post();
      for (; round < rounds; round += 1) {
        await pause((from + ((to - from) * number) / (connections - 1)) * 1000);
        const outcome = await connection.post();
        if (outcome !== 'closed before') told.sent += 1;
        told[outcome] += 1;
        if (outcome === 'bad gateway') told.lost += 1;
        if (outcome === 'answered' || outcome === 'bad gateway') continue;
        round += 1;
        break;
      }
      connection.end();
    }
  };
  await Promise.all(Array.from({ length: connections }, (_, number) => ask(number)));
  return told;
}

/** A connection that sends only the given data. */
async function opened(port) {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true }).setEncoding('latin1');
  let [received, ended, wake] = ['', false, () => {}];
  socket.on('data', (piece) => {
    received += piece;
    wake();
  });
  socket.on('error', () => {});
  for (const event of ['end', 'close'])
    socket.on(event, () => {
      ended = true;
      wake();
    });
  await once(socket, 'connect');
  const body = '{}';
  const head = `POST /login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: ${body.length}`;
  return {
    /** `closed before`: the client knew that it was closed, so a proxy would use another one. */
    async post() {
      if (ended) return 'closed before';
      received = '';
      socket.write(`${head}\r\nAccept: application/json\r\n\r\n${body}`);
      while (!isWhole(received) && !ended) await new Promise((resolve) => (wake = resolve));
      if (!isWhole(received)) return 'lost';
      return received.startsWith('HTTP/1.1 50') ? 'bad gateway' : 'answered';
    },
    end: () => socket.destroy(),
  };
}

function isWhole(received) {
  const end = received.indexOf('\r\n\r\n');
  if (end < 0) return false;
  const [, length] = /\r\ncontent-length: (\d+)/i.exec(received.slice(0, end)) ?? [];
  return length === undefined ? received.endsWith('0\r\n\r\n') : received.length >= end + 4 + Number(length);
}
