import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { requestOrigin } from '../../events/origin.js';
import { actorOf, visitor } from '../common/actor.js';
import { clientAddress } from '../common/client.js';
import { currentSession } from '../sessions/current-session.js';
import { ResetDesk } from './reset-desk.js';
import { ResetLimits } from './reset-limits.js';
import { ResetWishes } from './reset-wishes.js';

/** Somebody asks for a link to replace a password. */
@Injectable()
export class ResetRequest {
  constructor(
    private readonly limits: ResetLimits,
    private readonly wishes: ResetWishes,
    private readonly desk: ResetDesk,
  ) {}

  /**
   * Keeps the request and looks nothing up: neither the answer nor what the portal does behind it depends on whether an account
   * has the address (ASVS 6.3.8).
   * @throws PortalProblem TOO_MANY_ATTEMPTS
   */
  async ask(request: Request, email: string): Promise<void> {
    await this.limits.enter(email, clientAddress(request));
    const viewer = currentSession(request)?.account;
    const actor = viewer ? actorOf(viewer) : visitor;
    await this.wishes.add(email, { ...requestOrigin(request), actor });
    this.desk.soon();
  }
}
