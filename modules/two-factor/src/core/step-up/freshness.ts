import { Injectable } from '@nestjs/common';
import { LoginSession, type HostRequest } from '../contracts/ports/login-session.js';
import { Standings } from '../accounts/standing.js';
import { StepUps } from './step-ups.js';

/** Whether the person behind a request confirmed lately that it is them. */
@Injectable()
export class Freshness {
  constructor(
    private readonly sessions: LoginSession,
    private readonly standings: Standings,
    private readonly stepUps: StepUps,
  ) {}

  async within(request: HostRequest, minutes: number): Promise<boolean> {
    const session = await this.sessions.current(request);
    if (!session) return false;
    const standing = await this.standings.of(session.account.id);
    return this.stepUps.fresh({ session, standing }, minutes);
  }
}
