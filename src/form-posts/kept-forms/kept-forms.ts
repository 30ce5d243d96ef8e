import { Injectable, Logger } from '@nestjs/common';
import type { Request } from 'express';
import { cookieName, cookieOptions, parseCookie } from '../../auth/common/cookies.js';
import { currentSession } from '../../auth/sessions/current-session.js';
import { Config } from '../../config.js';
import { errorMessage } from '../../error-facts.js';
import { InstalledModules } from '../../portal/modules/modules.js';
import { beforeSending, isCarriedOut } from '../answer.js';
import { EndedSessions } from './ended-sessions.js';
import { fillForm, type TypedForm } from './fill-form.js';
import { isForm } from '../is-form.js';
import { keptFor, KeptFormStore } from './kept-form-store.js';

/** Passwords, codes, answers of passkeys, tokens: these are never kept. */
const secret = /pass|code|secret|token|response|pin$|^_/i;

/** Keeps what was typed when the session had ended, and shows it again to the same account after the next sign-in. */
@Injectable()
export class KeptForms {
  private readonly logger = new Logger('Forms');

  constructor(
    private readonly config: Config,
    private readonly sessions: EndedSessions,
    private readonly store: KeptFormStore,
    private readonly modules: InstalledModules,
  ) {}

  /**
   * Keeps the form of a request without a session, and gives the browser a cookie for it. Returns the page with the form; null when no session
   * had ended.
   */
  async keep(request: Request): Promise<string | null> {
    if (!isForm(request)) return null;
    const account = await this.sessions.accountOf(request);
    if (account === null) return null;
    const form = typedForm(request);
    await this.store.keep(account, form).then(
      (token) => request.res?.cookie(this.cookie, token, { ...cookieOptions(this.config), maxAge: keptFor }),
      (error: unknown) => this.logger.warn(`A form could not be kept: ${errorMessage(error)}`),
    );
    return pageOf(form);
  }

  /** Fills in the form on this page if it was kept for the signed-in person. */
  async fill(request: Request, page: string, note: () => string): Promise<string> {
    const form = request.method === 'GET' ? await this.find(request) : null;
    return form ? fillForm(page, form, note()) : page;
  }

  /** Once the kept form is carried out, it is deleted. A refusal, and a redirect to the step-up, leave it. */
  async posted(request: Request): Promise<void> {
    const form = isForm(request) ? await this.find(request) : null;
    const [session, token] = [currentSession(request), this.tokenOf(request)];
    if (form?.action !== request.path || !session || token === undefined || !request.res) return;
    beforeSending(request.res, async (answer) => {
      if (isCarriedOut(answer, this.modules.stepUp()?.path))
        await this.store.drop(session.account.id, token).catch(() => undefined);
    });
  }

  /** A form that cannot be opened is none: its key is gone. */
  private async find(request: Request): Promise<TypedForm | null> {
    const [session, token] = [currentSession(request), this.tokenOf(request)];
    if (!session || token === undefined) return null;
    return this.store.find(session.account.id, token).catch((error: unknown) => {
      this.logger.warn(`A kept form could not be read: ${errorMessage(error)}`);
      return null;
    });
  }

  private get cookie(): string {
    return cookieName(this.config, 'portal-form');
  }

  private tokenOf(request: Request): string | undefined {
    const token = parseCookie(request, this.cookie);
    return token !== undefined && /^[\w-]{43}$/.test(token) ? token : undefined;
  }
}

function typedForm(request: Request): TypedForm {
  const fields = Object.entries((request.body ?? {}) as Record<string, unknown>);
  const typed = fields.filter(
    (field): field is [string, string] => typeof field[1] === 'string' && !secret.test(field[0]),
  );
  return { action: request.path, fields: Object.fromEntries(typed) };
}

/** A form that leads on to another page has that address in its page's query too. */
function pageOf({ action, fields: { returnTo } }: TypedForm): string {
  return returnTo === undefined ? action : `${action}?${new URLSearchParams({ returnTo }).toString()}`;
}
