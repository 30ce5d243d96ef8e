import type { Server } from 'node:http';
import { type Socket, Server as NetServer } from 'node:net';
import { setImmediate as turn, setTimeout as pause } from 'node:timers/promises';

/** Time limits of stopping, in milliseconds. */
export interface DrainTimes {
  /** How long idle connections may still get an answer before they are closed. */
  readonly idle: number;
  /** How long requests in progress may take; the rest is cut off. */
  readonly longest: number;
}

/** Interval of the checks whether connections can be closed, in milliseconds. */
const step = 50;

/**
 * Prepares a server for a graceful stop; call it before the server listens. The returned function stops it:
 *
 * 1. It accepts no new connection, which makes `HttpAdapter` answer with `Connection: close`. This applies to requests in
 *    progress, and to requests that arrive on open connections for a moment longer. A proxy in front therefore switches
 *    without losing a request.
 * 2. Then idle connections are closed, and each other one after its answer.
 *
 * Node's own `server.close()` destroys idle connections at once, and with them requests that were just sent. Its
 * `closeIdleConnections()` also destroys a connection whose answer is complete but not sent yet (Node 20.20). Therefore no
 * connection is closed while it is writing.
 */
export function drainable(server: Server, { idle, longest }: DrainTimes): () => Promise<void> {
  const open = new Set<Socket>();
  server.on('connection', (socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  });
  return async () => {
    await acceptWaiting();
    const closed = new Promise<'closed'>((resolve) =>
      NetServer.prototype.close.call(server, () => resolve('closed')),
    );
    if ((await within(idle, closed)) === 'closed') return;
    for (let left = longest - idle; left > 0; left -= step) {
      closeIdle(server, [...open]);
      if ((await within(step, closed)) === 'closed') return;
    }
    server.closeAllConnections();
  };
}

/**
 * Lets the event loop look at its sockets once more. Closing the server resets each connection that the operating system has established
 * and this process has not accepted, and a busy process has many of them.
 */
async function acceptWaiting(): Promise<void> {
  await turn();
  await turn();
}

/** A connection that never sent anything is idle too: Node counts it as one with a request in progress. */
function closeIdle(server: Server, open: readonly Socket[]): void {
  for (const socket of open) if (socket.bytesRead === 0) socket.destroy();
  if (open.every(({ writableLength }) => writableLength === 0)) server.closeIdleConnections();
}

function within(milliseconds: number, closed: Promise<'closed'>): Promise<unknown> {
  return Promise.race([closed, pause(milliseconds)]);
}
