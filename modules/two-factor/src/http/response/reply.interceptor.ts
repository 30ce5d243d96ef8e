import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { Request, Response } from 'express';
import { mergeMap, type Observable } from 'rxjs';
import type { Reply } from './reply.js';
import { Responder } from './responder.js';

/** Converts the replies of handlers to responses. */
@Injectable()
export class ReplyInterceptor implements NestInterceptor<Reply> {
  constructor(private readonly responder: Responder) {}

  intercept(context: ExecutionContext, next: CallHandler<Reply>): Observable<unknown> {
    const http = context.switchToHttp();
    const request = http.getRequest<Request>();
    const response = http.getResponse<Response>();
    return next.handle().pipe(mergeMap((reply) => this.responder.body(request, response, reply)));
  }
}
