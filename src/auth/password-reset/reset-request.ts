import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { requestOrigin } from '../../events/origin.js';
import { actorOf, visitor } from '../common/actor.js';
import { clientAddress } from '../common/client.js';
import { currentSession } from '../sessions/current-session.js';
import { ResetWorker } from './reset-worker.js';
import { ResetLimits } from './reset-limits.js';
import { ResetQueue } from './reset-queue.js';

/** Takes a request for a link that replaces a password. */
@Injectable()
export class ResetRequest {
  constructor(
    private readonly limits: ResetLimits,
    private readonly wishes: ResetQueue,
    private readonly desk: ResetWorker,
  ) {}

  /**
   * Stores the request and looks nothing up. Therefore neither the answer nor the background work depends on whether an account
   * has the address (ASVS 6.3.8).
   * @throws PortalProblem TOO_MANY_ATTEMPTS
   */
  async ask(request: Request, email: string): Promise<void> {
    await this.limits.consume(email, clientAddress(request));
    const viewer = currentSession(request)?.account;
    const actor = viewer ? actorOf(viewer) : visitor;
    await this.wishes.add(email, { ...requestOrigin(request), actor });
    this.desk.enqueue();
  }
}
