import { Injectable } from '@nestjs/common';
import { ApplicationConfig } from '@nestjs/core';

/** The addresses of the host's own two pages, below Nest's global prefix. */
export interface HostPaths {
  /** The sign-in form. Default: `/login`. */
  readonly login?: string;
  /** The page after signing in. Default: `/`. */
  readonly home?: string;
}

/** The confirmations that the Security page can show. */
export const DONE = ['renamed', 'removed', 'disabled', 'forgotten', 'checked', 'later'] as const;

export type Done = (typeof DONE)[number];

type Query = Readonly<Record<string, string | undefined>>;

/** The longest value in an address: with a longer one, its header would exceed the limits of proxies. */
const LONGEST = 2048;

/** All addresses that the package links to; none is written elsewhere. */
@Injectable()
export class Routes {
  constructor(
    private readonly application: ApplicationConfig,
    private readonly paths: HostPaths,
  ) {}

  login = (returnTo?: string) => this.at(this.paths.login ?? '/login', { returnTo });
  /** The host's sign-in page with a parameter: the sign-in has ended before its second step. The page may show it. */
  ended = (login: string) => `${login}${login.includes('?') ? '&' : '?'}ended=true`;
  home = () => this.at(this.paths.home ?? '/');
  challenge = (kind?: string) => this.at('/login/challenge', { kind });
  resend = () => this.at('/login/challenge/resend');
  cancel = () => this.at('/login/cancel');
  recovery = () => this.at('/login/recovery');
  /** The page that cancels a case of the recovery desk, by the secret of its mailed link. */
  recoveryCancel = (token: string) => this.at(`/login/recovery/cancel/${encodeURIComponent(token)}`);
  /** The signed-in person's own case. */
  recoveryCase = () => this.at('/account/recovery');
  verifyCaller = (query: Query = {}) => this.at('/account/verify-caller', query);
  checkUp = (kind?: string) => this.at('/account/check-up', { kind });
  checkUpLater = () => this.at('/account/check-up/later');
  security = (done?: Done) => this.at('/account/security', { done });
  /** The next page of a person who wants to reach `returnTo`, if they want any. */
  onward = (returnTo?: string) => (returnTo === undefined ? this.security() : this.local(returnTo));
  confirm = (query: Query = {}) => this.at('/account/confirm', query);
  confirmResend = () => this.at('/account/confirm/resend');
  disable = () => this.at('/account/security/two-factor/disable');
  /** The page of new recovery codes, and the button that says that they are saved. */
  codes = (kind: string, returnTo?: string) => this.setUp(false, kind, '/new', { returnTo });
  saved = (kind: string) => this.setUp(false, kind, '/saved');
  /** The result of a set-up that issued no codes. */
  done = (kind: string, returnTo?: string) => this.setUp(false, kind, '/done', { returnTo });
  /** The page behind the link “This wasn’t me” of a mail. */
  stop = (token: string) => this.at(`/security/stop/${encodeURIComponent(token)}`);
  device = (id: string) => this.at(`/account/security/devices/${encodeURIComponent(id)}/forget`);
  factor = (id: string) => this.at(`/account/security/two-factor/factors/${encodeURIComponent(id)}`);

  /** The enrollment of a kind: for a signed-in person, or for a pending login that must enroll. */
  setUp(pending: boolean, kind?: string, step = '', query: Query = {}): string {
    const room = pending ? '/login/enrol' : '/account/security/two-factor';
    return this.at(kind === undefined ? room : `${room}/${encodeURIComponent(kind)}${step}`, query);
  }

  /** Returns `path` if it is an address of this site, else the home page. Never an absolute address (CWE-601). */
  local(path: string | undefined): string {
    return path !== undefined && /^\/(?![/\\])[^\\\s\p{Cc}]*$/u.test(path) ? path : this.home();
  }

  private at(path: string, query: Query = {}): string {
    const prefix = this.application.getGlobalPrefix().replace(/^\/+|\/+$/g, '');
    const given = Object.entries(query).filter(isCarried);
    const search = given.length > 0 ? `?${new URLSearchParams(given).toString()}` : '';
    return `${prefix ? `/${prefix}` : ''}${path}${search}`;
  }
}

/** A value that is too long is left out; those people reach the home page. */
function isCarried(entry: [string, string | undefined]): entry is [string, string] {
  return entry[1] !== undefined && entry[1].length <= LONGEST;
}
