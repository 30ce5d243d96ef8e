import { createHash, createHmac } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';
import { cookieName, parseCookie } from '../auth/common/cookies.js';
import { isCsrfToken } from '../auth/csrf/csrf-token.js';
import { isSameOrigin } from '../auth/csrf/same-origin.js';
import { Clock } from '../clock.js';
import { Config } from '../config.js';
import { errorMessage } from '../error-facts.js';
import { type SentAnswer, beforeSending, isCarriedOut, sendAgain } from './answer.js';
import type { FirstAnswer, FirstAnswers, FormPost, Turn } from './first-answers.js';
import { isForm } from './is-form.js';
import { InstalledModules } from '../portal/modules/modules.js';
import { RememberedAnswers } from './remembered-answers.js';
import { StoredAnswers } from './stored-answers.js';

/** The pauses of a second post before it looks for the first one's answer, in milliseconds: each is longer, for about 10 s. */
const pauses = [40, 40, 80, 80, 160, 160, 320, 320, ...Array<number>(14).fill(640)];

/** The password step is left alone: its second post starts a sign-in of its own, and that is no error. */
const untouched = '/login';
/** The busiest form: its answers are not stored. */
const busiest = '/login/challenge';
/** They end all that is there at the time. A repeat does no harm, and there may be more to end. */
const repeatable = /\/all\/(end|forget)$/;

/**
 * The second of two equal posts of a form gets the first one's answer: it was a double click, or a reload. Posts are equal when address, fields
 * and form token are, and when they begin within a moment. Only the answer of a post that was carried out is repeated. A refused post changed
 * nothing, so the second one is judged by itself, and two equal wrong codes count as two. Once another post with the form token was carried out,
 * an equal one is sent on purpose.
 */
@Injectable()
export class EqualPosts {
  private readonly logger = new Logger('Forms');
  private readonly remembered = new RememberedAnswers();
  /** The waits for a first answer, by the id of the post: any number of equal posts waits together. */
  private readonly waiting = new Map<string, Promise<unknown>>();

  constructor(
    private readonly config: Config,
    private readonly clock: Clock,
    private readonly stored: StoredAnswers,
    private readonly modules: InstalledModules,
  ) {}

  /** Middleware for every request, behind the session and the body parsers. */
  readonly middleware = (request: Request, response: Response, next: NextFunction): void => {
    if (!this.isCovered(request)) return next();
    this.answer(request, response, next).catch((error: unknown) => {
      // A database that fails makes the post itself fail, with the refusal of its own page.
      this.logger.warn(`Equal posts are not recognised: ${errorMessage(error)}`);
      next();
    });
  };

  private isCovered(request: Request): boolean {
    if (!isForm(request) || request.path === untouched) return false;
    return isSameOrigin(request, this.config.origins) && typeof tokenOf(request) === 'string';
  }

  private async answer(request: Request, response: Response, next: NextFunction): Promise<void> {
    const answers = request.path === busiest ? this.remembered : this.stored;
    const post = this.postOf(request);
    const turn = await this.turn(request, answers, post);
    if (turn === 'first') this.keepAnswer(request, response, { answers, post });
    else if (turn && turn !== 'waiting' && turn.browsers.includes(this.browserOf(request)))
      return sendAgain(response, turn.answer);
    next();
  }

  /** Waits for the answer of the first post, for a limited time. */
  private async turn(request: Request, answers: FirstAnswers, post: FormPost): Promise<Turn | null> {
    // Strangers can invent tokens; a post with such a token is not entered.
    const ask = isCsrfToken(request, tokenOf(request)) ? 'enter' : 'look';
    const turn = await answers[ask](post);
    if (turn !== 'waiting') return turn;
    const others = this.waiting.get(post.id);
    if (others) return others.then(() => answers[ask](post));
    const found = this.untilAnswered(answers, post, ask);
    this.waiting.set(
      post.id,
      found.catch(() => undefined),
    );
    return found.finally(() => this.waiting.delete(post.id));
  }

  private async untilAnswered(
    answers: FirstAnswers,
    post: FormPost,
    ask: 'enter' | 'look',
  ): Promise<Turn | null> {
    for (const ms of pauses) {
      await pause(ms);
      // Null: the first post was refused and is gone.
      const turn = (await answers.look(post)) ?? (await answers[ask](post));
      if (turn !== 'waiting') return turn;
    }
    return 'waiting';
  }

  private keepAnswer(
    request: Request,
    response: Response,
    { answers, post }: { answers: FirstAnswers; post: FormPost },
  ): void {
    beforeSending(response, async (answer) => {
      try {
        if (isCarriedOut(answer, this.modules.stepUp()?.path) && !repeatable.test(request.path))
          await answers.keep(post, this.firstAnswer(request, answer));
        else await answers.forget(post);
      } catch (error) {
        this.logger.warn(`An answer could not be kept: ${errorMessage(error)}`);
        // An equal post then does not wait for it.
        await answers
          .forget(post)
          .catch((fault: unknown) =>
            this.logger.warn(`Its row stays until it is too old: ${errorMessage(fault)}`),
          );
      }
    });
  }

  private firstAnswer(request: Request, answer: SentAnswer): FirstAnswer {
    const given = [answer.headers['set-cookie'] ?? []].flat().join('; ');
    const renewed = parseCookie({ headers: { cookie: given } }, this.cookie);
    const browsers = [this.browserOf(request), ...(renewed === undefined ? [] : [hash(renewed)])];
    return { answer, browsers };
  }

  private get cookie(): string {
    return cookieName(this.config, 'portal');
  }

  private browserOf(request: Request): string {
    return hash(parseCookie(request, this.cookie) ?? '');
  }

  /**
   * The session cookie is not part of it: the first answer may have replaced the cookie before the second click. The form token is, and it belongs
   * to one session or visitor.
   */
  private postOf(request: Request): FormPost {
    const post = JSON.stringify([request.originalUrl, request.body]);
    return {
      id: this.hmac(`form post:${post}`),
      tokenHash: this.hmac(`form token:${String(tokenOf(request))}`),
      begunAt: this.clock.now(),
    };
  }

  private hmac(text: string): string {
    return createHmac('sha256', this.config.sessionSecret).update(text).digest('hex');
  }
}

function tokenOf(request: Request): unknown {
  return (request.body as { _csrf?: unknown } | undefined)?._csrf;
}

function hash(cookie: string): string {
  return createHash('sha256').update(cookie).digest('base64url');
}
