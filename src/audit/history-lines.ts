import type { SignInEvents } from '../portal/modules/portal-module.js';
import type { AuditEntryRow } from './audit-entry.entity.js';

/** The longest time between the password and the last proof of one sign-in: the lifetime of a pending login. */
const SIGN_IN_TAKES = 10 * 60_000;

const signedIn = 'login.succeeded';

/** A line of the history. */
export type HistoryLine = Pick<AuditEntryRow, 'name' | 'at' | 'ip' | 'userAgent'> &
  UsedFactor &
  ShownChange &
  ActingAgent;

/** What an event changed: a domain, and the old and the new value, where these are no secrets. */
interface ShownChange {
  readonly domain?: string;
  readonly from?: string;
  readonly to?: string;
}

/** The name of the agent who acted as the owner of the account. */
interface ActingAgent {
  readonly agent?: string;
}

/** The factor of an event, where one is known. */
interface UsedFactor {
  readonly kind?: string;
  readonly factorId?: string;
  readonly label?: string;
}

/** Joins the entries of each sign-in to one line. Newest first, as the entries are. */
export function historyLines(entries: readonly AuditEntryRow[], events: SignInEvents): HistoryLine[] {
  const joined = new Map<AuditEntryRow, AuditEntryRow>();
  for (const login of entries.filter(({ name }) => name === signedIn)) {
    const free = entries.filter((entry) => !joined.has(entry));
    const within = free.filter((entry) => events.within.includes(entry.name) && isSameRequest(entry, login));
    const before = free.find((entry) => events.before.includes(entry.name) && isBegin(entry, login));
    for (const entry of [...within, ...(before ? [before] : [])]) joined.set(entry, login);
  }
  return entries
    .filter((entry) => !joined.has(entry))
    .map((entry) =>
      lineOf(
        entry,
        [...joined].filter(([, login]) => login === entry).map(([part]) => part),
      ),
    );
}

function isSameRequest({ requestId }: AuditEntryRow, login: AuditEntryRow): boolean {
  return requestId !== null && requestId === login.requestId;
}

/** From the same browser at the same address: a password that another person knows keeps a line of its own. */
function isBegin({ at, ip, userAgent }: AuditEntryRow, login: AuditEntryRow): boolean {
  return ip === login.ip && userAgent === login.userAgent && at <= login.at && login.at - at <= SIGN_IN_TAKES;
}

function lineOf(entry: AuditEntryRow, parts: readonly AuditEntryRow[]): HistoryLine {
  const { name, at, ip, userAgent } = entry;
  const [used = {}] = [entry, ...parts].map(factorOf).filter(({ factorId }) => factorId !== undefined);
  return { ...used, ...changeOf(entry), ...agentOf(entry), name, at, ip, userAgent };
}

function changeOf({ data }: Pick<AuditEntryRow, 'data'>): ShownChange {
  const { domain, from, to } = JSON.parse(data) as Readonly<Record<string, unknown>>;
  const texts = Object.entries({ domain, from, to }).filter(
    ([, value]) => typeof value === 'string' && value !== '',
  );
  return Object.fromEntries(texts);
}

function agentOf({ data }: Pick<AuditEntryRow, 'data'>): ActingAgent {
  const { impersonationId, agent } = JSON.parse(data) as Readonly<Record<string, unknown>>;
  return typeof impersonationId === 'string' && typeof agent === 'string' ? { agent } : {};
}

/** The kind is shown where there is a factor. A set of recovery codes has no name of its own. */
export function factorOf({ data }: Pick<AuditEntryRow, 'data'>): UsedFactor {
  const { kind, factorId, label } = JSON.parse(data) as Readonly<Record<string, unknown>>;
  if (typeof kind !== 'string' || typeof factorId !== 'string' || factorId === '') return {};
  return typeof label === 'string' && label !== kind ? { kind, factorId, label } : { kind, factorId };
}
