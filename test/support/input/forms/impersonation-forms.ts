import type { Portal } from '../../portal/portal.js';
import { agent, confirmed, type FilledForm, noFields, type PostedForm } from './filled-form.js';

/** The form that starts it, filled in by an agent who has confirmed. */
async function start(site: Portal): Promise<FilledForm> {
  const { id } = await site.account('Ann');
  const action = `/staff/clients/${id}/impersonate`;
  const { visitor } = await confirmed(site, action, await agent(site));
  await visitor.goes(action);
  return { visitor, action, fields: { reason: 'A call.' } };
}

/** The forms of “log in as client”. */
export const impersonationForms: readonly PostedForm[] = [
  {
    name: 'log in as client',
    result: 'begun once; both get the client’s home page',
    page: /^\/$/,
    fill: start,
  },
  {
    name: 'end of a log in as client',
    result: 'ended once; both get the page of the client',
    page: /^\/staff\/clients\/[\w-]+$/,
    async fill(site) {
      const { visitor, action, fields } = await start(site);
      await visitor.submits(fields, action);
      return { visitor, action: '/staff/impersonation/end', fields: noFields };
    },
  },
];
