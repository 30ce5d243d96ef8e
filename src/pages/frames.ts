import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import type { Role } from '../accounts/account.js';
import { csrfToken } from '../auth/csrf/csrf-token.js';
import { currentSession, heldSession } from '../auth/sessions/current-session.js';
import { Config } from '../config.js';
import { InstalledModules } from '../portal/modules/modules.js';
import type { Frame, FrameLink } from './common/frame.js';
import { defaultLocale, Messages } from './texts/messages.js';

interface Link extends Omit<FrameLink, 'current'> {
  /** Its page alone is it, not what is below. */
  readonly alone?: true;
}

const everybody: readonly Link[] = [
  { label: 'place.home', href: '/', alone: true },
  { label: 'place.services', href: '/services' },
  { label: 'place.invoices', href: '/invoices' },
  { label: 'place.tickets', href: '/tickets' },
];

const staffArea: Link = { label: 'place.staff', href: '/staff' };

const staffPlaces: readonly Link[] = [
  { label: 'place.staff-start', href: '/staff', alone: true },
  { label: 'place.clients', href: '/staff/clients' },
  { label: 'place.desk', href: '/staff/tickets' },
];

const administrators: readonly Link[] = [{ label: 'place.audit', href: '/staff/audit' }];

const ownPages: readonly Link[] = [
  { label: 'place.profile', href: '/account/profile' },
  { label: 'place.password', href: '/account/password' },
  { label: 'place.sessions', href: '/account/sessions' },
];

/** Makes the frame of a request's pages. */
@Injectable()
export class Frames {
  constructor(
    private readonly config: Config,
    private readonly messages: Messages,
    private readonly modules: InstalledModules,
  ) {}

  of(request: Request): Frame {
    const account = currentSession(request)?.account ?? null;
    const here = (links: readonly Link[]) => links.map((link) => withCurrent(link, request.path));
    return {
      ...this.bare(this.localeOf(request)),
      passwordless: this.modules.passwordless(this.config),
      viewer: account && { name: account.name, email: account.email },
      places: here(account ? [...everybody, ...(account.role === 'customer' ? [] : [staffArea])] : []),
      staffPlaces: here(staffPlacesFor(account?.role, request.path)),
      menu: here(account ? [...this.modules.list.flatMap((one) => one.menu ?? []), ...ownPages] : []),
      formFields: [{ name: '_csrf', value: csrfToken(request) }],
    };
  }

  /**
   * The language for this reader: the one they chose, else the first of their browser's that there are texts in, and the
   * answer says that it depends on it; without a request the default one.
   */
  localeOf(request: Request | null): string {
    if (!request) return defaultLocale;
    request.res?.vary('Accept-Language');
    const chosen = (currentSession(request) ?? heldSession(request))?.account.locale ?? null;
    const { locales } = this.messages;
    return this.messages.closest(chosen) ?? (request.acceptsLanguages([...locales]) || defaultLocale);
  }

  /** The frame of what is made without a request, such as a mail, in the language its reader chose (BCP 47), if any. */
  plain(chosen?: string | null): Frame {
    return this.bare(this.messages.closest(chosen ?? null) ?? defaultLocale);
  }

  private bare(locale: string): Frame {
    const { portalName, supportEmail, supportPhone, smtp } = this.config;
    const direction = isRightToLeft(locale) ? 'rtl' : 'ltr';
    const nobody = {
      passwordless: null,
      viewer: null,
      places: [],
      staffPlaces: [],
      menu: [],
      formFields: [],
    };
    return { locale, direction, portalName, supportEmail, supportPhone, outbox: smtp === null, ...nobody };
  }
}

/** The staff area's own bar is shown inside it alone. */
function staffPlacesFor(role: Role | undefined, path: string): readonly Link[] {
  if (role === undefined || role === 'customer' || !withCurrent(staffArea, path).current) return [];
  return role === 'admin' ? [...staffPlaces, ...administrators] : staffPlaces;
}

function withCurrent({ label, href, alone }: Link, path: string): FrameLink {
  return { label, href, current: path === href || (!alone && path.startsWith(`${href}/`)) };
}

/** By script: Node has no `Intl.Locale` text direction yet on every version the portal runs on. */
function isRightToLeft(locale: string): boolean {
  return ['Arab', 'Hebr', 'Thaa', 'Nkoo', 'Adlm', 'Rohg'].includes(
    new Intl.Locale(locale).maximize().script ?? '',
  );
}
