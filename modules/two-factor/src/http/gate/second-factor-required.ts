import { Catch, HttpException, Injectable, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { TwoFactorGateAnswer } from './gate.js';
import { Responder } from '../response/responder.js';

/** The password was right and the login is pending. It is thrown out of the host's login guard, so that no session is created. */
export class SecondFactorRequired extends HttpException {
  constructor(readonly pending: Exclude<TwoFactorGateAnswer, { outcome: 'admit' }>) {
    super({ ...pending.json }, 200);
  }
}

/** Redirects people to the challenge (303), and answers JSON clients (200). */
@Injectable()
@Catch(SecondFactorRequired)
export class SecondFactorRequiredFilter implements ExceptionFilter<SecondFactorRequired> {
  constructor(private readonly responder: Responder) {}

  async catch({ pending }: SecondFactorRequired, host: ArgumentsHost): Promise<void> {
    const http = host.switchToHttp();
    const response = http.getResponse<Response>();
    response.send(await this.responder.body(http.getRequest<Request>(), response, pending));
  }
}
