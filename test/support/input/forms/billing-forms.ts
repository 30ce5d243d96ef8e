import { domainOf } from '../../people/dangerous-acts.js';
import { owner, type Owner } from '../../people/owner.js';
import type { Portal } from '../../portal/portal.js';
import { confirmed, noFields, type PostedForm } from './filled-form.js';

/** The owner of a domain whose step-up is fresh, on this page of it. */
async function withDomain(site: Portal, isLocked = true): Promise<Owner & { page: string }> {
  const who = await owner(site, 'Ann');
  const page = `/services/${await domainOf(site, who.person, { registrarLock: isLocked })}`;
  return { ...(await confirmed(site, page, who)), page };
}

/** The forms of domains and of the payment method. */
export const billingForms: readonly PostedForm[] = [
  {
    name: 'registrar lock off',
    result: 'off once; both get the domain',
    page: /^\/services\/[\w-]+\?done=unlocked/,
    async fill(site) {
      const { visitor, page } = await withDomain(site);
      return { visitor, action: `${page}/registrar-lock/off`, fields: noFields };
    },
  },
  {
    name: 'registrar lock on',
    result: 'on once; both get the domain',
    page: /^\/services\/[\w-]+\?done=locked/,
    async fill(site) {
      const { visitor, page } = await withDomain(site, false);
      return { visitor, action: `${page}/registrar-lock/on`, fields: noFields };
    },
  },
  {
    name: 'name servers',
    result: 'changed once; both get the domain',
    page: /^\/services\/[\w-]+\?done=nameservers/,
    async fill(site) {
      const { visitor, page } = await withDomain(site);
      const action = `${page}/nameservers`;
      await visitor.goes(action);
      return { visitor, action, fields: { nameservers: 'ns1.example.net\nns2.example.net' } };
    },
  },
  {
    name: 'payment method',
    result: 'changed once; both get the page',
    page: /^\/account\/payment-method\?done=changed/,
    async fill(site) {
      const { visitor } = await confirmed(site, '/account/payment-method');
      return { visitor, action: '/account/payment-method', fields: { token: 'test-visa' } };
    },
  },
];
