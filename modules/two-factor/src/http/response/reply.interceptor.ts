import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { Request, Response } from 'express';
import { mergeMap, type Observable } from 'rxjs';
import type { Reply } from './reply.js';
import { Responder } from './responder.js';

/** Converts the replies of handlers to responses. A handler that returns nothing has sent its answer itself. */
@Injectable()
export class ReplyInterceptor implements NestInterceptor<Reply | undefined> {
  constructor(private readonly responder: Responder) {}

  intercept(context: ExecutionContext, next: CallHandler<Reply | undefined>): Observable<unknown> {
    const http = context.switchToHttp();
    const request = http.getRequest<Request>();
    const response = http.getResponse<Response>();
    return next
      .handle()
      .pipe(mergeMap(async (reply) => reply && this.responder.body(request, response, reply)));
  }
}
