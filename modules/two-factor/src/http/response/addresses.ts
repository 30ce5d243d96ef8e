import { Injectable } from '@nestjs/common';
import { ApplicationConfig } from '@nestjs/core';

/** Where the host's own two pages are, below Nest's global prefix. */
export interface HostPaths {
  /** The sign-in form. Default: `/login`. */
  readonly login?: string;
  /** Where people land once signed in. Default: `/`. */
  readonly home?: string;
}

/** What the Security page can say was done. */
export const DONE = ['renamed', 'removed', 'disabled', 'forgotten'] as const;

export type Done = (typeof DONE)[number];

type Query = Readonly<Record<string, string | undefined>>;

/** The longest value that an address carries: with more, its header would be longer than proxies take. */
const LONGEST = 2048;

/** All addresses the package links to; none is written out elsewhere. */
@Injectable()
export class Addresses {
  constructor(
    private readonly application: ApplicationConfig,
    private readonly paths: HostPaths,
  ) {}

  login = (returnTo?: string) => this.at(this.paths.login ?? '/login', { returnTo });
  /** The host's sign-in page, told that a sign-in has ended before its second step; it may say so. */
  ended = (login: string) => `${login}${login.includes('?') ? '&' : '?'}ended=true`;
  home = () => this.at(this.paths.home ?? '/');
  challenge = (kind?: string) => this.at('/login/challenge', { kind });
  resend = () => this.at('/login/challenge/resend');
  cancel = () => this.at('/login/cancel');
  recovery = () => this.at('/login/recovery');
  security = (done?: Done) => this.at('/account/security', { done });
  /** Where somebody goes on who was on the way to `returnTo`, if to anywhere. */
  onward = (returnTo?: string) => (returnTo === undefined ? this.security() : this.local(returnTo));
  confirm = (returnTo?: string, kind?: string) => this.at('/account/confirm', { returnTo, kind });
  confirmResend = () => this.at('/account/confirm/resend');
  disable = () => this.at('/account/security/two-factor/disable');
  device = (id: string) => this.at(`/account/security/devices/${encodeURIComponent(id)}/forget`);
  factor = (id: string) => this.at(`/account/security/two-factor/factors/${encodeURIComponent(id)}`);

  /** Set-up of a kind: of somebody signed in, or of a held login that must. */
  setUp(held: boolean, kind?: string, step = '', query: Query = {}): string {
    const room = held ? '/login/enrol' : '/account/security/two-factor';
    return this.at(kind === undefined ? room : `${room}/${encodeURIComponent(kind)}${step}`, query);
  }

  /** `path` when it leads somewhere on this site, else home. Never an absolute address (CWE-601). */
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

/** What is too long is left out: people go home from there. */
function isCarried(entry: [string, string | undefined]): entry is [string, string] {
  return entry[1] !== undefined && entry[1].length <= LONGEST;
}
