import { jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { once } from 'node:events';
import { Server } from 'node:http';
import { type AddressInfo, Server as NetServer } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runInThisContext } from 'node:vm';
import type { Express, Request, Response } from 'express';
import { HttpAdapter } from './http-adapter.js';

setFlagsFromString('--allow-natives-syntax');
/** Whether V8 gives both objects the same hidden class, so that optimized code for one works for the other. */
const haveOneShape = runInThisContext('(one, other) => %HaveSameMap(one, other)') as (
  one: object,
  other: object,
) => boolean;

type Exchange = readonly [Request, Response];

describe('requests and responses', () => {
  let adapter: HttpAdapter;
  let url: string;
  /** Requests in progress, answered once there are two. */
  let under: Exchange[];
  let shapes: boolean[][];

  beforeEach(async () => {
    adapter = new HttpAdapter();
    [under, shapes] = [[], []];
    adapter.initHttpServer({});
    const server = adapter.getHttpServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(() => adapter.close());

  function meet(...exchange: Exchange): void {
    under.push(exchange);
    const [one, other] = under;
    if (!one || !other) return;
    shapes.push([haveOneShape(one[0], other[0]), haveOneShape(one[1], other[1])]);
    under.splice(0).forEach(([, response]) => response.json({ path: response.req.path }));
  }

  it('have one shape behind Express, whatever was added to them', async () => {
    adapter.use((request: Request, response: Response, next: () => void) => {
      Object.assign(request, { session: {} });
      response.locals['name'] = 'Ann';
      next();
    });
    adapter.get('/:page', meet);
    for (let i = 0; i < 20; i += 1) await Promise.all([fetch(`${url}/invoices`), fetch(`${url}/tickets`)]);
    expect(shapes).toEqual(Array.from({ length: 20 }, () => [true, true]));
  });

  it('are those of Express all the same', async () => {
    const app = adapter.getInstance<Express>();
    adapter.get('/:page', (request: Request, response: Response) => {
      expect(request.app).toBe(app);
      expect(response.app).toBe(app);
      response.status(201).json({ page: request.params['page'], wants: request.get('Accept') });
    });
    const answer = await fetch(`${url}/invoices`, { headers: { Accept: 'application/json' } });
    expect(answer.status).toBe(201);
    expect(await answer.json()).toEqual({ page: 'invoices', wants: 'application/json' });
  });

  it('are not touched where a changed Express has other prototypes, and the log has one warning', () => {
    const warn = jest.spyOn(Logger.prototype, 'warn').mockReturnValue(undefined);
    const changed = new HttpAdapter();
    Object.assign(changed.getInstance<object>(), { request: undefined });
    changed.initHttpServer({});
    expect(warn).toHaveBeenCalledTimes(1);
    expect(warn).toHaveBeenCalledWith(expect.stringContaining('Express'));
    warn.mockRestore();
    expect(changed.getHttpServer()).toBeInstanceOf(Server);
  });

  it('are made by Nest where an application asks for more than a plain server', async () => {
    const asked = new HttpAdapter();
    asked.initHttpServer({ forceCloseConnections: true });
    const plain = asked.getHttpServer();
    const tracked = plain.listenerCount('connection');
    expect(tracked).toBeGreaterThan(adapter.getHttpServer().listenerCount('connection'));
  });

  it('say for how long their connection may be used, and nothing of it where it is closed anyway', async () => {
    adapter.get('/:page', (_request: Request, response: Response) => response.json({}));
    const kept = await fetch(`${url}/invoices`);
    expect(kept.headers.get('keep-alive')).toBe('timeout=75');
    expect(kept.headers.get('connection')).toBe('keep-alive');
    const { headers } = await fetch(`${url}/invoices`, { headers: { Connection: 'close' } });
    expect([headers.get('keep-alive'), headers.get('connection')]).toEqual([null, 'close']);
  });

  it('are the last ones on their connection once the server accepts no more, also those that began before', async () => {
    const server = adapter.getHttpServer();
    adapter.get('/:page', (_request: Request, response: Response) => {
      NetServer.prototype.close.call(server);
      response.json({});
    });
    const { headers } = await fetch(`${url}/invoices`);
    expect([headers.get('keep-alive'), headers.get('connection')]).toEqual([null, 'close']);
  });
});

describe('a server', () => {
  it.each([1, 75, 600, 3600])('keeps idle connections longer than the %i seconds that it says', (seconds) => {
    const adapter = new HttpAdapter(seconds);
    adapter.initHttpServer({});
    const { keepAliveTimeout, headersTimeout, requestTimeout } = adapter.getHttpServer();
    // A request is still accepted two seconds after the announced limit, and the process may be busy for as long.
    expect(keepAliveTimeout).toBeGreaterThanOrEqual(seconds * 1000 + 4000);
    expect(headersTimeout).toBeGreaterThan(keepAliveTimeout);
    expect(headersTimeout).toBeGreaterThanOrEqual(60_000);
    expect(requestTimeout).toBeGreaterThanOrEqual(Math.max(300_000, headersTimeout));
  });
});
