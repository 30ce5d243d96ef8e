import type { BillingCycle, ServiceRow, ServiceStatus } from './service.entity.js';

/** Usage in megabytes; null: no limit. */
export interface Usage {
  readonly usedMb: number;
  readonly limitMb: number | null;
}

/** The data of every service. Times are UTC ms, amounts in the currency's smallest unit. */
interface ServiceFacts {
  readonly id: string;
  /** The domain's name; for a hosting plan the name of its site. */
  readonly label: string;
  readonly status: ServiceStatus;
  /** The price of each cycle. */
  readonly cents: number;
  /** ISO 4217. */
  readonly currency: string;
  readonly cycle: BillingCycle;
  readonly startedAt: number;
  /** The next billing date. */
  readonly dueAt: number;
}

/** A hosting plan. */
export interface Hosting extends ServiceFacts {
  readonly kind: 'hosting';
  readonly package: string;
  readonly server: string;
  readonly disk: Usage;
  /** Traffic of this month. */
  readonly traffic: Usage;
}

/** A domain. It does not contain the EPP code: see `EppCodes`. */
export interface Domain extends ServiceFacts {
  readonly kind: 'domain';
  readonly expiresAt: number;
  /** The registrar refuses to transfer it. */
  readonly registrarLock: boolean;
  /** Lower-case ASCII names, in the order of the owner. */
  readonly nameservers: readonly string[];
  readonly hasEppCode: boolean;
}

/** A product that a customer pays for regularly. */
export type Service = Hosting | Domain;

/** A domain to add, with its EPP code in clear text if the registrar has given one. */
export type NewDomain = Omit<Domain, 'hasEppCode' | 'nameservers'> & {
  readonly eppCode: string | null;
  /** Default: none. */
  readonly nameservers?: readonly string[];
};

/** A row as its owner sees it. */
export function serviceOf(row: ServiceRow): Service {
  const { id, label, status, cents, currency, cycle, startedAt, dueAt } = row;
  const facts = { id, label, status, cents, currency, cycle, startedAt, dueAt };
  return row.kind === 'hosting' ? { ...facts, ...hostingOf(row) } : { ...facts, ...domainOf(row) };
}

function hostingOf(row: ServiceRow): Omit<Hosting, keyof ServiceFacts> {
  return {
    kind: 'hosting',
    package: row.package ?? '',
    server: row.server ?? '',
    disk: { usedMb: row.diskUsed ?? 0, limitMb: row.diskLimit },
    traffic: { usedMb: row.trafficUsed ?? 0, limitMb: row.trafficLimit },
  };
}

function domainOf(row: ServiceRow): Omit<Domain, keyof ServiceFacts> {
  return {
    kind: 'domain',
    expiresAt: row.expiresAt ?? row.dueAt,
    registrarLock: row.registrarLock === 1,
    nameservers: nameserversOf(row),
    hasEppCode: row.eppSealed !== null,
  };
}

/** The name servers of a row. */
export function nameserversOf({ nameservers }: Pick<ServiceRow, 'nameservers'>): readonly string[] {
  return nameservers ? nameservers.split('\n') : [];
}

/** The stored form of name servers; null for none. */
export function nameserverText(names: readonly string[]): string | null {
  return names.join('\n') || null;
}

const ofNoDomain = { expiresAt: null, registrarLock: null, nameservers: null, eppSealed: null };
const ofNoHosting = {
  package: null,
  server: null,
  diskUsed: null,
  diskLimit: null,
  trafficUsed: null,
  trafficLimit: null,
};

/** The row of a hosting plan. */
export function hostingRow(accountId: string, { disk, traffic, ...facts }: Hosting): ServiceRow {
  const [diskUsed, diskLimit] = [disk.usedMb, disk.limitMb];
  const [trafficUsed, trafficLimit] = [traffic.usedMb, traffic.limitMb];
  return { ...facts, ...ofNoDomain, accountId, diskUsed, diskLimit, trafficUsed, trafficLimit };
}

/** The row of a domain; its EPP code is already sealed. */
export function domainRow(
  accountId: string,
  { eppCode: _, registrarLock, nameservers = [], ...facts }: NewDomain,
  eppSealed: string | null,
): ServiceRow {
  const own = { registrarLock: registrarLock ? 1 : 0, nameservers: nameserverText(nameservers), eppSealed };
  return { ...facts, ...ofNoHosting, ...own, accountId };
}
