import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import type { Account, Role } from '../accounts/account.js';
import { cookieName, parseCookie } from '../auth/common/cookies.js';
import { csrfToken } from '../auth/csrf/csrf-token.js';
import { currentSession, impersonationOf, pendingSession } from '../auth/sessions/current-session.js';
import { Config } from '../config.js';
import { InstalledModules } from '../portal/modules/modules.js';
import type { LayoutContext, FrameLink } from './common/layout-context.js';
import { knownTimeZone } from './common/time-zones.js';
import { defaultLocale, Messages } from './texts/messages.js';

interface Link extends Omit<FrameLink, 'current'> {
  /** Only this page is current, not the pages below it. */
  readonly alone?: true;
}

const everybody: readonly Link[] = [
  { label: 'place.home', href: '/', alone: true },
  { label: 'place.services', href: '/services' },
  { label: 'place.invoices', href: '/invoices' },
  { label: 'place.tickets', href: '/tickets' },
];

const staffArea: Link = { label: 'place.staff', href: '/staff' };

const staffNavigation: readonly Link[] = [
  { label: 'place.staff-start', href: '/staff', alone: true },
  { label: 'place.clients', href: '/staff/clients' },
  { label: 'place.desk', href: '/staff/tickets' },
  { label: 'place.approvals', href: '/staff/approvals' },
];

const administrators: readonly Link[] = [{ label: 'place.audit', href: '/staff/audit' }];

const ownPages: readonly Link[] = [
  { label: 'place.profile', href: '/account/profile' },
  { label: 'place.password', href: '/account/password' },
  { label: 'place.sessions', href: '/account/sessions' },
  { label: 'place.tokens', href: '/account/tokens' },
];

/** Creates the layout context of a request's pages. */
@Injectable()
export class LayoutContexts {
  constructor(
    private readonly config: Config,
    private readonly messages: Messages,
    private readonly modules: InstalledModules,
  ) {}

  forRequest(request: Request): LayoutContext {
    const impersonation = shownImpersonation(request);
    const account = viewerOf(request);
    const here = (links: readonly Link[]) => links.map((link) => withCurrent(link, request.path));
    const own = [...this.modules.list.flatMap((one) => one.menu ?? []), ...ownPages];
    return {
      ...this.bare(this.localeOf(request), this.timeZoneOf(request)),
      passwordless: this.modules.passwordless(this.config),
      viewer: account && { name: account.name, email: account.email },
      navigation: here(placesFor(account?.role)),
      staffNavigation: here(staffPlacesFor(account?.role, request.path, this.modules.staffMenu(this.config))),
      menu: here(account && !impersonation ? own : []),
      impersonation,
      formFields: [{ name: '_csrf', value: csrfToken(request) }],
    };
  }

  /**
   * The language for this reader: the chosen one, else the first available language of their browser. The answer then gets a
   * `Vary` header. Without a request it is the default language.
   */
  localeOf(request: Request | null): string {
    if (!request) return defaultLocale;
    request.res?.vary('Accept-Language');
    const chosen = readerOf(request)?.locale ?? null;
    const { locales } = this.messages;
    return this.messages.closest(chosen) ?? (request.acceptsLanguages([...locales]) || defaultLocale);
  }

  /**
   * The IANA name of this reader's time zone: the chosen one, else the one that the browser tells by a cookie, else the
   * provider's. A name that is not known is ignored.
   */
  timeZoneOf(request: Request): string {
    const chosen = readerOf(request)?.timeZone;
    const browsers = parseCookie(request, cookieName(this.config, 'portal-time-zone'));
    return knownTimeZone(chosen) ?? knownTimeZone(browsers) ?? this.config.timeZone;
  }

  /**
   * The layout context for content without a request, such as a mail. Language (BCP 47) and time zone are the chosen ones of
   * the reader, else those of the portal.
   */
  plain({ locale, timeZone }: Partial<Pick<Account, 'locale' | 'timeZone'>> = {}): LayoutContext {
    const language = this.messages.closest(locale ?? null) ?? defaultLocale;
    return this.bare(language, knownTimeZone(timeZone) ?? this.config.timeZone);
  }

  private bare(locale: string, timeZone: string): LayoutContext {
    const { portalName, supportEmail, supportPhone, smtp, timeZone: providerTimeZone } = this.config;
    const direction = isRightToLeft(locale) ? 'rtl' : 'ltr';
    return {
      locale,
      timeZone,
      providerTimeZone,
      direction,
      portalName,
      supportEmail,
      supportPhone,
      outbox: smtp === null,
      passwordless: null,
      viewer: null,
      impersonation: null,
      navigation: [],
      staffNavigation: [],
      menu: [],
      formFields: [],
    };
  }
}

/** The account whose pages these are: the signed-in person's, or that of the client whom an agent acts as. */
function viewerOf(request: Request): Account | null {
  return impersonationOf(request)?.client ?? currentSession(request)?.account ?? null;
}

function shownImpersonation(request: Request): LayoutContext['impersonation'] {
  const [impersonation, current] = [impersonationOf(request), currentSession(request)];
  if (!impersonation || !current) return null;
  const { client, expiresAt } = impersonation;
  return { agent: current.account.name, client: client.name, expiresAt };
}

/** The account that the page is for: signed in, or between password and second factor. */
function readerOf(request: Request): Account | undefined {
  return (currentSession(request) ?? pendingSession(request))?.account;
}

function placesFor(role: Role | undefined): readonly Link[] {
  if (role === undefined) return [];
  return role === 'customer' ? everybody : [...everybody, staffArea];
}

/** The navigation of the staff area is shown only inside it. `added`: the pages of modules. */
function staffPlacesFor(role: Role | undefined, path: string, added: readonly Link[]): readonly Link[] {
  if (role === undefined || role === 'customer' || !withCurrent(staffArea, path).current) return [];
  return [...staffNavigation, ...added, ...(role === 'admin' ? administrators : [])];
}

function withCurrent({ label, href, alone }: Link, path: string): FrameLink {
  return { label, href, current: path === href || (!alone && path.startsWith(`${href}/`)) };
}

/** Decided by script: `Intl.Locale` text direction is not available on every Node version that the portal supports. */
function isRightToLeft(locale: string): boolean {
  return ['Arab', 'Hebr', 'Thaa', 'Nkoo', 'Adlm', 'Rohg'].includes(
    new Intl.Locale(locale).maximize().script ?? '',
  );
}
