import { Controller, HttpCode, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Staff } from '../auth/common/access.decorators.js';
import { currentSession, impersonationOf } from '../auth/sessions/current-session.js';
import { Clock } from '../clock.js';
import { readNothing } from '../portal/forms/form.js';
import { redirect } from '../portal/http/redirect.js';
import { Impersonations } from './impersonations.js';
import { OpenToAgents } from './open-to-agents.decorator.js';

/** The button of the banner: the agent is the agent again. */
@Controller('staff/impersonation')
@Staff()
export class ImpersonationEndController {
  constructor(
    private readonly impersonations: Impersonations,
    private readonly clock: Clock,
  ) {}

  /** Where it is over already, nothing is changed and the answer is the same. */
  @Post('end')
  @HttpCode(200)
  @OpenToAgents()
  async end(@Req() request: Request, @Res() response: Response): Promise<void> {
    readNothing(request.body);
    const [impersonation, agent] = [impersonationOf(request), currentSession(request)?.account];
    if (impersonation && agent) {
      const which = { id: impersonation.id, agentId: agent.id, clientId: impersonation.client.id };
      await this.impersonations.end(
        which,
        { reason: 'agent', at: this.clock.now(), agent: agent.name },
        request,
      );
    }
    const page = impersonation ? `/staff/clients/${impersonation.client.id}` : '/staff';
    redirect(request, response, page, { status: 'ended' });
  }
}
