import {
  createServer,
  IncomingMessage,
  type OutgoingHttpHeader,
  type OutgoingHttpHeaders,
  type Server,
  ServerResponse,
  type ServerOptions,
} from 'node:http';
import { Logger, type NestApplicationOptions } from '@nestjs/common';
import { ExpressAdapter } from '@nestjs/platform-express';
import type { Express } from 'express';

const second = 1000;
/**
 * How much longer an idle connection is kept than clients are told, in milliseconds. A request that was sent in the last moment
 * must still find it open, also when this process is busy.
 */
const margin = 5 * second;
/** Node's own limits for the head of a request and for the whole request, in milliseconds. */
const patience = { head: 60 * second, request: 300 * second };

/**
 * Nest on Express, with a server that creates requests and responses with the prototypes that Express would set.
 * Express sets them later by `Object.setPrototypeOf`. Then no two requests have the same hidden class, and V8 looks up
 * every property again. That is a third of the cost of a sign-in, see decision 29. An Express that has changed works
 * without this, and the log says so.
 *
 * The server keeps idle connections for the announced time and a margin (RFC 9112 §9.5 describes the race with the side
 * that closes). When it no longer listens, each answer is the last one on its connection (RFC 9112 §9.6).
 */
export class HttpAdapter extends ExpressAdapter {
  /** @param keepAliveSeconds how long clients may use an idle connection. */
  constructor(private readonly keepAliveSeconds = 75) {
    super();
  }

  override initHttpServer(options: NestApplicationOptions): void {
    super.initHttpServer(options);
    // These options would need another server than the one that this class creates.
    if (options.httpsOptions || options.forceCloseConnections) return;
    const app = this.getInstance<Express>();
    const announce = connectionHeaders(this.keepAliveSeconds, () => (this.httpServer as Server).listening);
    this.httpServer = createServer({ ...timeouts(this.keepAliveSeconds), ...born(app, announce) }, app);
  }
}

/**
 * The head's limit is above the idle limit. The limit of the whole request is not below the head's, because Node would refuse
 * that.
 */
function timeouts(keepAliveSeconds: number): ServerOptions {
  const keepAliveTimeout = keepAliveSeconds * second + margin;
  const headersTimeout = Math.max(patience.head, keepAliveTimeout + margin);
  return { keepAliveTimeout, headersTimeout, requestTimeout: Math.max(patience.request, headersTimeout) };
}

/** Announces at the start of an answer how long the connection may be used, or that it is closed. */
type Announce = (response: ServerResponse) => void;

function connectionHeaders(keepAliveSeconds: number, isOpen: () => boolean): Announce {
  const hint = `timeout=${keepAliveSeconds}`;
  return (response) => {
    if (!isOpen()) response.setHeader('Connection', 'close');
    else if (response.shouldKeepAlive) response.setHeader('Keep-Alive', hint);
  };
}

/** Message classes that already have the prototypes of this application. */
function born(app: Express, announce: Announce): ServerOptions {
  class BornRequest extends IncomingMessage {}
  class BornResponse<Request extends IncomingMessage> extends ServerResponse<Request> {
    override writeHead(
      status: number,
      reason?: string | OutgoingHttpHeaders | OutgoingHttpHeader[],
      headers?: OutgoingHttpHeaders | OutgoingHttpHeader[],
    ): this {
      announce(this);
      return super.writeHead(status, reason as string, headers);
    }
  }
  adoptPrototypes(app, BornRequest, BornResponse);
  return { IncomingMessage: BornRequest, ServerResponse: BornResponse };
}

/** An Express without these two prototypes works too, only slower. */
function adoptPrototypes(
  app: Express,
  { prototype: request }: typeof IncomingMessage,
  { prototype: response }: typeof ServerResponse,
): void {
  if (!(app.request instanceof IncomingMessage && app.response instanceof ServerResponse)) {
    new Logger('HttpAdapter').warn('This version of Express has other prototypes: requests cost more time.');
    return;
  }
  app.request = Object.setPrototypeOf(request, app.request) as Express['request'];
  app.response = Object.setPrototypeOf(response, app.response) as Express['response'];
}
