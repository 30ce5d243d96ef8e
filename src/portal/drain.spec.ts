import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { drainable } from './drain.js';

const times = { idle: 200, longest: 1_500 };
/** More than the operating system buffers between two sockets. */
const large = 20_000_000;

describe('a server that is stopped', () => {
  let server: Server;
  let drain: () => Promise<void>;
  /** Requests that the test answers itself. */
  let waiting: Parameters<RequestListener>[1][];

  beforeEach(async () => {
    waiting = [];
    server = createServer((request, response) => {
      if (request.url === '/large') response.end(Buffer.alloc(large));
      else if (request.url === '/waits') waiting.push(response);
      else response.end('here');
    });
    server.keepAliveTimeout = 60_000;
    drain = drainable(server, times);
    await once(server.listen(0, '127.0.0.1'), 'listening');
  });
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  async function connected(): Promise<Socket> {
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
    await once(socket, 'connect');
    return socket.on('error', () => undefined);
  }

  /** A connection that has sent this request. */
  async function asking(path: string): Promise<Socket> {
    const socket = await connected();
    socket.write(`GET ${path} HTTP/1.1\r\nHost: here\r\n\r\n`);
    return socket;
  }

  /** A connection that got its answer and is idle. */
  async function idle(): Promise<Socket> {
    const socket = await asking('/');
    await once(socket, 'data');
    return socket;
  }

  it('accepts nothing more, at once', async () => {
    const { port } = server.address() as AddressInfo;
    const kept = await idle();
    const drained = drain();
    while (server.listening) await pause(1);
    await expect(once(connect(port, '127.0.0.1'), 'connect')).rejects.toThrow('ECONNREFUSED');
    await drained;
    expect(kept.destroyed || (await once(kept, 'close'))).toBeTruthy();
  });

  it('answers connections that it has not accepted yet', async () => {
    const kept = await idle();
    const late = connect((server.address() as AddressInfo).port, '127.0.0.1').on('error', () => undefined);
    late.write('GET / HTTP/1.1\r\nHost: here\r\n\r\n');
    // The operating system has the connection, and this process does not know of it yet.
    await new Promise<void>((done) => process.nextTick(done));
    const drained = drain();
    expect(await text(late)).toContain('here');
    await drained;
    kept.destroy();
  });

  it('is closed at once where no client is connected', async () => {
    const whole = await Promise.race([drain().then(() => true), pause(times.idle / 2).then(() => false)]);
    expect(whole).toBe(true);
  });

  it('answers a request on an idle connection before it closes it', async () => {
    const socket = await idle();
    const drained = drain();
    await pause(times.idle / 2);
    socket.write('GET / HTTP/1.1\r\nHost: here\r\n\r\n');
    expect(await text(socket)).toContain('here');
    await drained;
  });

  it('completes running answers, and then closes their connections', async () => {
    const socket = await asking('/waits');
    while (waiting.length === 0) await pause(5);
    const drained = drain();
    await pause(times.idle * 2);
    waiting[0]?.end('whole');
    expect(await text(socket)).toContain('whole');
    await drained;
  });

  it('cuts no answer short that its reader takes slowly', async () => {
    const socket = (await asking('/large')).pause();
    await pause(50);
    const drained = drain();
    await pause(times.idle * 2);
    let bytes = 0;
    socket.on('data', (piece) => (bytes += piece.length)).resume();
    await once(socket, 'close');
    expect(bytes).toBeGreaterThan(large);
    await drained;
  });

  it('does not wait for a connection on which nothing was ever sent', async () => {
    const socket = await connected();
    while ((await new Promise((told) => server.getConnections((_, count) => told(count)))) === 0)
      await pause(5);
    const closed = once(socket, 'close').then(() => true);
    void drain();
    expect(await Promise.race([closed, pause(times.longest / 2).then(() => false)])).toBe(true);
  });

  it('waits no longer than its limit for an answer that never comes', async () => {
    const socket = await asking('/waits');
    while (waiting.length === 0) await pause(5);
    const closed = once(socket, 'close');
    await drain();
    await closed;
    expect(server.listening).toBe(false);
  });
});
