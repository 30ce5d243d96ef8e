import type { Server } from 'node:http';
import { type Socket, Server as NetServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** Bounds of stopping, in milliseconds. */
export interface DrainTimes {
  /** For how long idle connections get a last answer before they are closed. */
  readonly idle: number;
  /** How long requests under way may take; what is not answered by then is cut. */
  readonly longest: number;
}

/** How often it is looked whether connections can be closed, in milliseconds. */
const step = 50;

/**
 * Prepares a server for being stopped in order; called before it listens. The answer stops it:
 *
 * 1. It accepts no connection any more, which makes `HttpAdapter` answer with `Connection: close`: requests under way, and
 *    those that come on open connections for a moment longer, so that a proxy in front moves on without losing any.
 * 2. Then connections that are idle are closed, and each other one as it is answered.
 *
 * Node's own `server.close()` destroys idle connections at once, and with them requests that were just sent. Its
 * `closeIdleConnections()` also destroys a connection whose answer is whole but not sent yet (Node 20.20): nothing is
 * closed while anything is being written.
 */
export function drainable(server: Server, { idle, longest }: DrainTimes): () => Promise<void> {
  const open = new Set<Socket>();
  server.on('connection', (socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  });
  return async () => {
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

/** A connection on which nothing was ever sent is idle too: Node counts it as one whose request is under way. */
function closeIdle(server: Server, open: readonly Socket[]): void {
  for (const socket of open) if (socket.bytesRead === 0) socket.destroy();
  if (open.every(({ writableLength }) => writableLength === 0)) server.closeIdleConnections();
}

function within(milliseconds: number, closed: Promise<'closed'>): Promise<unknown> {
  return Promise.race([closed, pause(milliseconds)]);
}
