import { Controller, Get, HttpCode, Post, Query, Req, Res, UseGuards } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { Account } from '../../accounts/account.js';
import { Config } from '../../config.js';
import { OpenToAgents } from '../../impersonation/open-to-agents.decorator.js';
import { Pages } from '../../pages/pages.js';
import { readNothing } from '../../portal/forms/form.js';
import { PortalProblem } from '../../portal/problems/problem.js';
import { redirect } from '../../portal/http/redirect.js';
import { flashFromQuery } from '../../portal/http/flash.js';
import { abandonedLogin } from '../sessions/abandoned-login.js';
import { currentSession } from '../sessions/current-session.js';
import { LoginFlow } from './login-flow.js';
import { LoginFormGuard } from '../password/login-form.guard.js';
import type { LoginForm } from '../password/login.form.js';
import { SignedIn, Visitors } from '../common/access.decorators.js';
import { PasswordGuard, onLoginPage } from '../password/password.guard.js';
import { safeReturnTo } from '../common/return-to.js';
import { RecentSignIns } from '../sessions/recent-sign-ins.js';
import { SessionEnding } from '../sessions/session-ending.js';

/** The confirmations that the sign-in page can show. */
const flashes = ['signed-out', 'reset', 'email', 'expired', 'ended', 'cookies'] as const;

/** Sign-in and sign-out. Starting over is the task of the module that holds the pending login. */
@Controller()
export class LoginController {
  constructor(
    private readonly pages: Pages,
    private readonly flow: LoginFlow,
    private readonly ending: SessionEnding,
    private readonly config: Config,
    private readonly recent: RecentSignIns,
  ) {}

  @Visitors()
  @Get('login')
  async form(
    @Req() request: Request,
    @Res() response: Response,
    @Query('returnTo') wanted: unknown,
    @Query('ended') ended: unknown,
  ): Promise<void> {
    const lost = ended === undefined ? null : abandonedLogin(request, this.config);
    const returnTo = lost?.returnTo ?? safeReturnTo(wanted);
    const done = flashFromQuery(request, flashes);
    const model = {
      lost,
      done,
      email: lost?.email ?? this.recent.lostBy(request)?.email,
      returnTo: returnTo === '/' ? '' : returnTo,
    };
    await this.pages.answer(request, response, { view: 'auth/login', model, json: { status: 'signed-out' } });
  }

  @Visitors()
  @Post('login')
  @HttpCode(200)
  @UseGuards(LoginFormGuard, PasswordGuard)
  async signIn(@Req() request: Request, @Res() response: Response): Promise<void> {
    const account = request.user as Account;
    // Passport sets it for this request, but no session exists before the last gate has been passed.
    delete request.user;
    const { returnTo } = request.body as LoginForm;
    const outcome = await this.flow
      .begin(request, account, safeReturnTo(returnTo))
      .catch((error: unknown) => this.refuse(request, error));
    this.recent.note(request, account.email, safeReturnTo(returnTo));
    const json = outcome.status === 'pending' ? outcome.json : { status: outcome.status };
    redirect(request, response, outcome.to, json);
  }

  @SignedIn()
  @OpenToAgents()
  @Post('logout')
  @HttpCode(200)
  async signOut(@Req() request: Request, @Res() response: Response): Promise<void> {
    readNothing(request.body);
    const current = currentSession(request);
    if (current) await this.ending.signOut(request, current);
    redirect(request, response, '/login?done=signed-out', { status: 'signed-out' });
  }

  private refuse(request: Request, error: unknown): never {
    const reason = error instanceof PortalProblem ? error.extra['reason'] : undefined;
    const key = typeof reason === 'string' ? refusalTexts[reason] : undefined;
    if (key) throw onLoginPage(request, error as PortalProblem, key);
    throw error;
  }
}

/** The texts of the sign-in page for refusals that a new attempt cannot solve. */
const refusalTexts: Readonly<Record<string, string>> = {
  'gate-missing': 'login.gate-missing',
  'gate-contradicted': 'login.gate-contradicted',
  damaged: 'login.gate-contradicted',
};
