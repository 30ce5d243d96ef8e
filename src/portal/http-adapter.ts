import { createServer, IncomingMessage, ServerResponse, type ServerOptions } from 'node:http';
import type { NestApplicationOptions } from '@nestjs/common';
import { ExpressAdapter } from '@nestjs/platform-express';
import type { Express } from 'express';

/**
 * Nest on Express, on a server whose requests and responses are born with the prototypes that Express would give each of them.
 * Given later, by `Object.setPrototypeOf`, they leave no two requests of one shape, and V8 looks up every one of their
 * properties anew: about a quarter of what a sign-in cost on SQLite (docs/bench.md).
 */
export class HttpAdapter extends ExpressAdapter {
  override initHttpServer(options: NestApplicationOptions): void {
    super.initHttpServer(options);
    // What these ask for is between Nest and the server it made.
    if (options.httpsOptions || options.forceCloseConnections) return;
    const app = this.getInstance<Express>();
    this.httpServer = createServer(born(app), app);
  }
}

/** Classes of messages that already are what this application makes of them. */
function born(app: Express): ServerOptions {
  class BornRequest extends IncomingMessage {}
  class BornResponse<Request extends IncomingMessage> extends ServerResponse<Request> {}
  app.request = Object.setPrototypeOf(BornRequest.prototype, app.request) as Express['request'];
  app.response = Object.setPrototypeOf(BornResponse.prototype, app.response) as Express['response'];
  return { IncomingMessage: BornRequest, ServerResponse: BornResponse };
}
