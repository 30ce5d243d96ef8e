import { Get, Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import { Problem } from '../../core/common/errors.js';
import { PasswordlessChallenges } from '../../core/passwordless/passwordless-challenges.js';
import { Passwordless } from '../../core/passwordless/passwordless.js';
import { Routes } from '../response/routes.js';
import { RedirectProblem } from '../response/redirect-problem.js';
import { Form } from '../forms/form.decorator.js';
import { PasswordlessForm, proofOf } from '../forms/forms.js';
import { originOf } from '../request/origin-of.js';
import { PasswordlessPage } from './passwordless.page.js';
import type { Reply } from '../response/reply.js';
import { GuardedController } from '../guards/guarded-controller.decorator.js';
import { keepTicket, ticketOf } from './ticket-cookie.js';

/** Signing in with a factor that counts as both, if policy allows it. There is no session yet. */
@GuardedController('login/passwordless', 'public')
export class PasswordlessController {
  constructor(
    private readonly passwordlessChallenges: PasswordlessChallenges,
    private readonly passwordless: Passwordless,
    private readonly page: PasswordlessPage,
    private readonly routes: Routes,
  ) {}

  /** Creates a challenge for the script of the sign-in page; people are redirected to that page. */
  @Get()
  async invite(@Req() request: Request): Promise<Reply> {
    const invited = await this.passwordlessChallenges.create();
    if (!invited) throw notOffered();
    keepTicket(request, invited);
    const expiresAt = new Date(invited.expiresAt).toISOString();
    return { to: this.routes.login(), json: { ...invited.json, expiresAt } };
  }

  @Post()
  async answer(@Req() request: Request, @Form(PasswordlessForm) form: PasswordlessForm): Promise<Reply> {
    const { kind } = this.passwordlessChallenges;
    if (!kind) throw notOffered();
    const origin = (account: Parameters<typeof originOf>[1]) => originOf(request, account);
    const signIn = await this.passwordless.answer(ticketOf(request), proofOf(form), origin);
    if (signIn.status === 'passed') return this.page.goOn(request, signIn, form.returnTo);
    if (signIn.status !== 'void') return this.page.refused(request, kind.definition.kind, signIn);
    const to = this.routes.ended(this.routes.login(form.returnTo));
    throw new RedirectProblem('CHALLENGE_EXPIRED', 'This sign-in has ended. Start again.', to);
  }
}

function notOffered(): Problem {
  return new Problem('NOT_FOUND', 'Signing in without a password is not offered here.');
}
