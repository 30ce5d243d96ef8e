import { randomUUID } from 'node:crypto';
import type { NewDomain } from '../../../src/billing/services/service.js';
import { Services } from '../../../src/billing/services/services.service.js';
import type { Person } from './accounts.js';
import type { Portal } from '../portal/portal.js';

/** The EPP code of `domainOf`. */
export const eppCode = 'Kx7-pQ2v$mR9';

/** A dangerous action of the portal: its name, its address and its fields. */
export interface DangerousAct {
  readonly act: string;
  readonly path: string;
  readonly fields: Readonly<Record<string, string>>;
  /** The page that has its form. */
  readonly page: string;
}

/** Gives a person a locked domain with an EPP code; returns its id. */
export async function domainOf(site: Portal, { id: accountId }: Person, facts: Partial<NewDomain> = {}) {
  const [id, now] = [randomUUID(), site.clock.now()];
  const times = { startedAt: now, dueAt: now, expiresAt: now };
  const price = { cents: 1590, currency: 'EUR', cycle: 'yearly', status: 'active' } as const;
  const own = { id, kind: 'domain', label: 'ann.example', registrarLock: true, eppCode } as const;
  await site.app.get(Services).add(accountId, [{ ...price, ...times, ...own, ...facts }]);
  return id;
}

/** The portal's own dangerous actions, with this domain. */
export function dangerousActs(domain: string): readonly DangerousAct[] {
  const page = `/services/${domain}`;
  return [
    { act: 'epp-code.show', path: `${page}/epp-code`, fields: {}, page },
    { act: 'registrar-lock.off', path: `${page}/registrar-lock/off`, fields: {}, page },
    {
      act: 'nameservers.change',
      path: `${page}/nameservers`,
      fields: { nameservers: 'ns1.thief.example\nns2.thief.example' },
      page: `${page}/nameservers`,
    },
    {
      act: 'payment-method.change',
      path: '/account/payment-method',
      fields: { token: 'test-visa' },
      page: '/account/payment-method',
    },
    {
      act: 'token.create',
      path: '/account/tokens',
      fields: { name: 'Program', scopes: 'services:read' },
      page: '/account/tokens',
    },
  ];
}
