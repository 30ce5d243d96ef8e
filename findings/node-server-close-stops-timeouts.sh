#!/usr/bin/env bash
# One would guess: after server.close() of node:http, headersTimeout still ends a connection on which no request ever came, so
#   that close() calls back after that time at the latest.
# What happens: close() stops the check that enforces headersTimeout and requestTimeout, and a connection without a request
#   is not closed as idle. Whoever opened it and sends nothing keeps the server from closing.
# Who meets it: services that wait for close() at SIGTERM; browsers and load balancers open spare connections and send nothing.
# Seen with: Node 20.20.2. Exit code 0: as stated; 1: it changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cat > "$folder/timeouts.mjs" <<'JS'
import { createServer } from 'node:http';
import { connect } from 'node:net';
const limit = 500;

/** How long a silent connection lives, in milliseconds; at most four seconds are waited. */
async function lifeOfSilence(closes) {
  const server = createServer({ headersTimeout: limit, requestTimeout: limit, connectionsCheckingInterval: 100 });
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  const socket = connect(server.address().port, '127.0.0.1').on('error', () => {});
  await new Promise((connected) => socket.once('connect', connected));
  const begun = Date.now();
  if (closes) setTimeout(() => server.close(), 50);
  const life = await new Promise((ended) => {
    socket.resume().once('close', () => ended(Date.now() - begun));
    setTimeout(() => ended(Infinity), 4000);
  });
  socket.destroy();
  server.close();
  return life;
}

const [listening, closed] = [await lifeOfSilence(false), await lifeOfSilence(true)];
console.log(`node ${process.version}, headersTimeout ${limit} ms: a silent connection ends after`);
console.log(`  ${listening} ms while the server listens, ${closed} ms behind server.close() (Infinity: not in 4 s)`);
process.exit(listening < 4000 && closed === Infinity ? 0 : 1);
JS
node "$folder/timeouts.mjs"
