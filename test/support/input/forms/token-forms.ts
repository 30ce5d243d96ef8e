import { domainOf } from '../../people/dangerous-acts.js';
import { makesToken } from '../../people/program.js';
import type { Owner } from '../../people/owner.js';
import type { Portal } from '../../portal/portal.js';
import { actionOf, confirmed, noFields, type PostedForm } from './filled-form.js';

/** An act that a token of this owner asks for; returns the address of its page. */
async function asked(site: Portal, ann: Owner): Promise<string> {
  const program = await makesToken(site, ann);
  site.clock.advance(30_000);
  const id = await domainOf(site, ann.person);
  const { body } = await program.asks('POST', `/services/${id}/epp-code`);
  return `/approvals/${(body['approval'] as { id: string }).id}`;
}

/** The forms of the portal for API tokens. */
export const tokenForms: readonly PostedForm[] = [
  {
    name: 'new API token',
    result: 'one token; both get it',
    page: /^\/account\/tokens$/,
    async fill(site) {
      const { visitor } = await confirmed(site, '/account/tokens');
      const fields = { name: 'Twice?', scopes: 'services:read' };
      return { visitor, action: '/account/tokens', fields };
    },
  },
  {
    name: 'revocation of an API token',
    result: 'revoked once; both get the list',
    page: /^\/account\/tokens\?done=revoked/,
    async fill(site) {
      const ann = await confirmed(site, '/account/tokens');
      await makesToken(site, ann);
      await ann.visitor.goes('/account/tokens');
      return { visitor: ann.visitor, action: actionOf(ann.visitor, '/revoke'), fields: noFields };
    },
  },
  {
    name: 'approval of an act',
    result: 'approved once; both get its page',
    page: /^\/approvals\/[\w-]+$/,
    async fill(site) {
      const ann = await confirmed(site, '/account/tokens');
      const action = await asked(site, ann);
      await confirmed(site, action, ann);
      return { visitor: ann.visitor, action, fields: noFields };
    },
  },
  {
    name: 'refusal of an act',
    result: 'refused once; both get its page',
    page: /^\/approvals\/[\w-]+$/,
    async fill(site) {
      const ann = await confirmed(site, '/account/tokens');
      const page = await asked(site, ann);
      await ann.visitor.goes(page);
      return { visitor: ann.visitor, action: `${page}/refuse`, fields: noFields };
    },
  },
];
