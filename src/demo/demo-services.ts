import { randomBytes, randomUUID } from 'node:crypto';
import type { Hosting, NewDomain, Usage } from '../billing/services/service.js';
import type { DemoCustomer } from './demo-customers.js';

const day = 86_400_000;

/** The plans and domains of a customer at the time `now`. */
export function demoServices({ plans, domains }: DemoCustomer, now: number): (Hosting | NewDomain)[] {
  return [...plans.map((plan) => hostingOf(plan, now)), ...domains.map((domain) => domainOf(domain, now))];
}

function hostingOf(plan: DemoCustomer['plans'][number], now: number): Hosting {
  const { label, package: name, server, cents, status = 'active' } = plan;
  const [disk, traffic] = [usageOf(plan.disk), usageOf(plan.traffic)];
  return {
    id: randomUUID(),
    kind: 'hosting',
    label,
    status,
    cents,
    currency: 'EUR',
    cycle: 'monthly',
    startedAt: now - plan.since * day,
    dueAt: now + plan.due * day,
    package: name,
    server,
    disk,
    traffic,
  };
}

function domainOf(domain: DemoCustomer['domains'][number], now: number): NewDomain {
  const { label, cents, registrarLock, expires, years, hasEppCode = true } = domain;
  const expiresAt = now + expires * day;
  return {
    id: randomUUID(),
    kind: 'domain',
    label,
    status: 'active',
    cents,
    currency: 'EUR',
    cycle: 'yearly',
    startedAt: expiresAt - 365 * years * day,
    dueAt: expiresAt - 14 * day,
    expiresAt,
    registrarLock,
    nameservers: ['ns1.example.net', 'ns2.example.net'],
    // As random as a code of a real registry.
    eppCode: hasEppCode ? randomBytes(12).toString('base64url') : null,
  };
}

function usageOf([usedMb, limitMb]: readonly [number, number | null]): Usage {
  return { usedMb, limitMb };
}
