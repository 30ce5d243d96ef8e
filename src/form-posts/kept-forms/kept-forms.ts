import { Injectable, Logger } from '@nestjs/common';
import type { Request } from 'express';
import { cookieName, cookieOptions, parseCookie } from '../../auth/common/cookies.js';
import { currentSession, impersonationOf } from '../../auth/sessions/current-session.js';
import { Config } from '../../config.js';
import { errorMessage } from '../../error-facts.js';
import { InstalledModules } from '../../portal/modules/modules.js';
import { beforeSending, isCarriedOut } from '../answer.js';
import { type EndedSession, EndedSessions } from './ended-sessions.js';
import { fillForm, type TypedForm } from './fill-form.js';
import { isForm } from '../is-form.js';
import { type KeptForm, keptFor, KeptFormStore } from './kept-form-store.js';

/** Passwords, codes, answers of passkeys, tokens: these are never kept. */
const secret = /pass|code|secret|token|response|pin$|^_/i;

/** Hidden fields and named buttons: they come without typing. */
const untyped = ['act', 'close', 'draft', 'kind', 'openedFor', 'replaces', 'response', 'returnTo', 'set'];

/** A form that was posted after its session had ended. */
export interface LateForm {
  /** The page with the form. */
  readonly page: string;
  /** Whether something of what was typed will be shown again. */
  readonly isKept: boolean;
}

/** Keeps what was typed when the session had ended, and shows it again to the same account after the next sign-in. */
@Injectable()
export class KeptForms {
  private readonly logger = new Logger('Forms');

  constructor(
    private readonly config: Config,
    private readonly sessions: EndedSessions,
    private readonly rows: KeptFormStore,
    private readonly modules: InstalledModules,
  ) {}

  /**
   * Keeps the form of a request without a session, and gives the browser a cookie for it. Returns null when no session had ended. A form without
   * typed fields, such as a button, is not kept.
   */
  async keep(request: Request): Promise<LateForm | null> {
    if (!isForm(request)) return null;
    const session = await this.sessions.find(request);
    if (session === null) return null;
    const form = typedForm(request);
    const names = Object.keys((request.body ?? {}) as object).filter(isTyped);
    const isKept = names.length > 0 && (await this.store(request, session, form));
    return { page: pageOf(form), isKept: isKept && hasText(form) };
  }

  /** Fills in the forms on this page that were kept for the signed-in person. The newest one counts. */
  async fill(request: Request, page: string, note: () => string): Promise<string> {
    const forms = request.method === 'GET' ? await this.load(request) : [];
    const newest = new Map(forms.toReversed().map(({ form }) => [form.action, form]));
    return [...newest.values()].reduce((filled, form) => fillForm(filled, form, note()), page);
  }

  /** Once a kept form is carried out, it is deleted. A refusal, and a redirect to the step-up, leave it. */
  async posted(request: Request): Promise<void> {
    const forms = isForm(request) ? await this.load(request) : [];
    const kept = forms.find(({ form }) => form.action === request.path);
    const [session, token] = [currentSession(request), this.tokenOf(request)];
    if (!kept || !session || token === undefined || !request.res) return;
    beforeSending(request.res, async (answer) => {
      if (!isCarriedOut(answer, this.modules.stepUp()?.path)) return;
      await this.rows
        .drop(session.account.id, token, kept)
        .catch((error: unknown) =>
          this.logger.warn(`A kept form stays until it is too old: ${errorMessage(error)}`),
        );
    });
  }

  /** All forms of a browser have one token, so that the second one leaves the first one reachable. */
  private async store(request: Request, session: EndedSession, form: TypedForm): Promise<boolean> {
    try {
      const known = this.tokenOf(request);
      const token = known !== undefined && (await this.rows.isKnown(known)) ? known : session.browserToken;
      await this.rows.keep(session.accountId, token, form);
      request.res?.cookie(this.cookie, token, { ...cookieOptions(this.config), maxAge: keptFor });
      return true;
    } catch (error) {
      this.logger.warn(`A form could not be kept: ${errorMessage(error)}`);
      return false;
    }
  }

  private async load(request: Request): Promise<KeptForm[]> {
    const [session, token] = [currentSession(request), this.tokenOf(request)];
    // The agent's own forms are not for the pages of a client.
    if (!session || token === undefined || impersonationOf(request)) return [];
    return this.rows.load(session.account.id, token).catch((error: unknown) => {
      this.logger.warn(`Kept forms could not be read: ${errorMessage(error)}`);
      return [];
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

function isTyped(name: string): boolean {
  return !name.startsWith('_') && !untyped.includes(name);
}

function hasText({ fields }: TypedForm): boolean {
  return Object.entries(fields).some(([name, value]) => isTyped(name) && value.trim() !== '');
}

/** A form that leads on to another page has that address in its page's query too. */
function pageOf({ action, fields: { returnTo } }: TypedForm): string {
  return returnTo === undefined ? action : `${action}?${new URLSearchParams({ returnTo }).toString()}`;
}
