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

/** The longest time between the last look at waiting connections and the close, in milliseconds; the machine may make it longer. */
const quiet = 1;

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
  let accepted = 0;
  server.on('connection', (socket) => {
    accepted += 1;
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  });
  return async () => {
    const began = performance.now();
    await acceptWaiting(() => accepted, longest / 4);
    const waited = performance.now() - began;
    const closed = new Promise<'closed'>((resolve) =>
      NetServer.prototype.close.call(server, () => resolve('closed')),
    );
    if ((await within(idle, closed)) === 'closed') return;
    for (let left = longest - waited - idle; left > 0; left -= step) {
      closeIdle(server, [...open]);
      if ((await within(step, closed)) === 'closed') return;
    }
    server.closeAllConnections();
  };
}

/**
 * Lets the process accept every connection that the operating system has established. Closing the server resets the others, and a
 * proxy does not repeat a POST that was sent on one. Node accepts one in each turn of the event loop. So none waits after a turn
 * without a new one; that turn must be short, since others arrive during it.
 */
async function acceptWaiting(accepted: () => number, longest: number): Promise<void> {
  const until = performance.now() + longest;
  // the rest of this turn
  await turn();
  for (;;) {
    const [before, began] = [accepted(), performance.now()];
    await turn();
    const now = performance.now();
    if ((accepted() === before && now - began < quiet) || now > until) return;
  }
}

/** A connection that never sent anything is idle too: Node counts it as one with a request in progress. */
function closeIdle(server: Server, open: readonly Socket[]): void {
  for (const socket of open) if (socket.bytesRead === 0) socket.destroy();
  if (open.every(({ writableLength }) => writableLength === 0)) server.closeIdleConnections();
}

function within(milliseconds: number, closed: Promise<'closed'>): Promise<unknown> {
  return Promise.race([closed, pause(milliseconds)]);
}
