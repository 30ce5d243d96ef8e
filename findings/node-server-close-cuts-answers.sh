#!/usr/bin/env bash
# One would guess: server.close() of node:http lets every answer that was begun reach its client; since Node 19 it closes
#   idle connections only.
# What happens: a connection counts as idle from response.end() on, although most of the answer still lies in the process.
#   close() then cuts it. A slow reader gets the first megabytes of 20 and a reset.
# Who meets it: services that stop at SIGTERM while clients download; the longer the answer and the slower the reader, the likelier.
# Seen with: Node 20.20.2. Exit code 0: as stated; 1: it changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cat > "$folder/close.mjs" <<'JS'
import { createServer, get } from 'node:http';
const whole = 20_000_000;
const server = createServer((_request, response) => response.end(Buffer.alloc(whole)));
await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
const received = await new Promise((ended) => {
  get({ port: server.address().port, host: '127.0.0.1', agent: false }, (response) => {
    let bytes = 0;
    response.on('data', (chunk) => (bytes += chunk.length));
    response.once('close', () => ended(bytes)).on('error', () => {});
    response.pause();
    setTimeout(() => server.close(), 300);
    setTimeout(() => response.resume(), 600);
  }).on('error', () => ended(0));
});
console.log(`node ${process.version}: the client got ${received} of ${whole} bytes`);
process.exit(received < whole ? 0 : 1);
JS
node "$folder/close.mjs"
