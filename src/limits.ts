/** `points` in `duration` seconds, as rate-limiter-flexible takes them. */
interface Limit {
  readonly points: number;
  readonly duration?: number;
  /** After the last point: a wait in seconds, which doubles with every run within a day up to the longest one. */
  readonly waits?: { readonly first: number; readonly longest: number };
}

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

/**
 * The one table of the portal's own limits. `docs/limits.md` lists exactly these rows, in this order; those of two-factor are
 * below them. The names are those of the log lines `throttled limit=<name> …`.
 */
export const limits = {
  /** Wrong passwords for one account from one client address. Nobody can lock an account for people at other addresses. */
  'password-account': {
    points: 5,
    duration: 5 * minute,
    waits: { first: 5 * minute, longest: hour },
  },
  /** Wrong passwords from one client address. */
  'password-address': { points: 30, duration: 5 * minute },
  /** Requests for a link that replaces a password. The window is shorter than a link's life, so a refused owner still has one. */
  'reset-link-email': { points: 5, duration: 15 * minute },
  'reset-link-address': { points: 30, duration: 15 * minute },
  /** Requests for a new e-mail address. They can fill neither the old nor the new mailbox. */
  'email-change-account': { points: 5, duration: hour },
  'email-change-email': { points: 5, duration: hour },
  /** One act of one staff member on clients. `STAFF_ACTS_PER_DAY` sets another number. */
  'staff-acts': { points: 10, duration: day },
  /** Mails of one kind to one address. More wait, for at most a day. */
  mails: { points: 30, duration: hour },
  /** Forms of an account that are kept after its session had ended. */
  'kept-forms': { points: 5 },
  /** Valid API tokens of an account. */
  'api-tokens': { points: 20 },
  /** Requests with one API token. */
  'token-requests': { points: 300, duration: minute },
  /** Acts of API tokens that wait for the decision of an account's owner. */
  'token-approvals': { points: 5 },
  /** Browsers and networks of an account whose sign-ins are no news; a new one replaces the oldest. */
  'seen-browsers': { points: 50 },
  /** Passwords that may wait for a core of this process. */
  'password-queue': { points: 200 },
} as const satisfies Readonly<Record<string, Limit>>;

export type LimitName = keyof typeof limits;

/** A refusal by a limit. `until`: UTC ms; null where no time ends it. */
interface Throttled {
  readonly limit: LimitName;
  readonly accountId: string | null;
  readonly ip: string | null;
  readonly until: number | null;
}

/** The log line of a refusal by a limit. */
export function throttledLine({ limit, accountId, ip, until }: Throttled): string {
  const end = until === null ? '-' : new Date(until).toISOString();
  return `throttled limit=${limit} account=${word(accountId)} ip=${word(ip)} until=${end}`;
}

/** One word for any text: it must not be able to add a member or a line. */
function word(text: string | null): string {
  return text === null || text === '' ? '-' : text.replace(/[^\w.:@/+-]/g, '?').slice(0, 100);
}
