import {
  createServer,
  IncomingMessage,
  type OutgoingHttpHeader,
  type OutgoingHttpHeaders,
  type Server,
  ServerResponse,
  type ServerOptions,
} from 'node:http';
import type { NestApplicationOptions } from '@nestjs/common';
import { ExpressAdapter } from '@nestjs/platform-express';
import type { Express } from 'express';

const second = 1000;
/**
 * For how much longer an idle connection is kept than clients are told, in milliseconds: a request that was sent in the
 * last instant must still find it open, however busy this process is when it arrives.
 */
const margin = 5 * second;
/** Node's own limits for the head of a request and for all of it, in milliseconds. */
const patience = { head: 60 * second, request: 300 * second };

/**
 * Nest on Express, on a server whose requests and responses are born with the prototypes that Express would give each of them.
 * Given later, by `Object.setPrototypeOf`, they leave no two requests of one shape, and V8 looks up every one of their
 * properties anew: about a quarter of what a sign-in cost on SQLite (docs/bench.md).
 *
 * Its server keeps idle connections as long as it says, and a margin longer (RFC 9112 §9.5 leaves the race to the one
 * that closes). Once it does not listen any more, each answer is the last one on its connection (RFC 9112 §9.6).
 */
export class HttpAdapter extends ExpressAdapter {
  /** @param keepAliveSeconds for how long clients may use a connection that is idle. */
  constructor(private readonly keepAliveSeconds = 75) {
    super();
  }

  override initHttpServer(options: NestApplicationOptions): void {
    super.initHttpServer(options);
    // What these ask for is between Nest and the server it made.
    if (options.httpsOptions || options.forceCloseConnections) return;
    const app = this.getInstance<Express>();
    const announce = connectionHeaders(this.keepAliveSeconds, () => (this.httpServer as Server).listening);
    this.httpServer = createServer({ ...timeouts(this.keepAliveSeconds), ...born(app, announce) }, app);
  }
}

/** The head's limit is above the idle one, and the whole request's not below the head's, which Node would refuse. */
function timeouts(keepAliveSeconds: number): ServerOptions {
  const keepAliveTimeout = keepAliveSeconds * second + margin;
  const headersTimeout = Math.max(patience.head, keepAliveTimeout + margin);
  return { keepAliveTimeout, headersTimeout, requestTimeout: Math.max(patience.request, headersTimeout) };
}

/** Says of a connection, when an answer begins, how long it may be used or that it is closed. */
type Announce = (response: ServerResponse) => void;

function connectionHeaders(keepAliveSeconds: number, isOpen: () => boolean): Announce {
  const hint = `timeout=${keepAliveSeconds}`;
  return (response) => {
    if (!isOpen()) response.setHeader('Connection', 'close');
    else if (response.shouldKeepAlive) response.setHeader('Keep-Alive', hint);
  };
}

/** Classes of messages that already are what this application makes of them. */
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
  app.request = Object.setPrototypeOf(BornRequest.prototype, app.request) as Express['request'];
  app.response = Object.setPrototypeOf(BornResponse.prototype, app.response) as Express['response'];
  return { IncomingMessage: BornRequest, ServerResponse: BornResponse };
}
