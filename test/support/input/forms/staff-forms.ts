import { Tickets } from '../../../../src/support/tickets.service.js';
import type { Person } from '../../people/accounts.js';
import { acts } from '../../people/agent.js';
import { owner, type Owner } from '../../people/owner.js';
import type { Portal } from '../../portal/portal.js';
import { agent, confirmed, type FilledForm, noFields, type PostedForm } from './filled-form.js';

const reason = 'The caller asked for it.';

/** An act of an agent on a client: confirmed, on the client's page. */
async function act(site: Portal, path: string): Promise<FilledForm & { readonly client: Person }> {
  const client = await site.account('Ann');
  const action = `/staff/clients/${client.id}/${path}`;
  const { visitor } = await confirmed(site, action, await agent(site));
  return { visitor, action, fields: { reason, ticket: '' }, client };
}

/** A reset of a client who has two-factor. */
async function reset(site: Portal, mode: string): Promise<FilledForm> {
  const { person } = await owner(site, 'Ann');
  const action = `/staff/clients/${person.id}/two-factor/reset`;
  const { visitor } = await confirmed(site, action, await agent(site));
  return { visitor, action, fields: { reason, ticket: '', mode } };
}

/** A request of one agent for an act on another one, on its page. */
async function request(site: Portal): Promise<{ readonly page: string; readonly asker: Owner }> {
  const asker = await agent(site);
  const { id } = await site.account('Kim', 'support');
  const { body } = await acts(site, asker, `/staff/clients/${id}/suspend`, { reason });
  return { page: `/staff/approvals/${(body['approval'] as { id: string }).id}`, asker };
}

async function ticketOf(site: Portal): Promise<string> {
  const ann = { ...(await site.account('Ann')), role: 'customer' } as const;
  return site.app.get(Tickets).open(null, ann, { subject: 'Help', body: 'It is down.' });
}

/** The forms of staff about clients and tickets. */
export const staffForms: readonly PostedForm[] = [
  {
    name: 'suspension of an account',
    result: 'suspended once; both get the client’s page',
    page: /^\/staff\/clients\/[\w-]+\?done=account\.suspend$/,
    fill: (site) => act(site, 'suspend'),
  },
  {
    name: 'reset for a new set-up',
    result: 'reset once; both get the client’s page',
    page: /^\/staff\/clients\/[\w-]+\?done=two-factor\.reset$/,
    fill: (site) => reset(site, 're-enrol'),
  },
  {
    name: 'code for one sign-in',
    result: 'one code; both get it',
    page: /^\/staff\/clients\/[\w-]+\/two-factor\/reset$/,
    fill: (site) => reset(site, 'one-time-code'),
  },
  {
    name: 'link for a new password, sent by an agent',
    result: 'one mail; both get the client’s page',
    page: /^\/staff\/clients\/[\w-]+\?done=password-link\.send$/,
    async fill(site) {
      const form = await act(site, 'password-link');
      return { ...form, mailTo: form.client.email };
    },
  },
  {
    name: 'request for a second agent',
    result: 'one request; both get its page',
    page: /^\/staff\/approvals\/[\w-]+\?done=requested$/,
    async fill(site) {
      const { id } = await site.account('Kim', 'support');
      const action = `/staff/clients/${id}/suspend`;
      const { visitor } = await confirmed(site, action, await agent(site));
      return { visitor, action, fields: { reason, ticket: '' } };
    },
  },
  {
    name: 'approval of a request',
    result: 'carried out once; both get the client’s page',
    page: /^\/staff\/clients\/[\w-]+\?done=account\.suspend$/,
    async fill(site) {
      const { page } = await request(site);
      const { visitor } = await confirmed(site, page, await agent(site));
      return { visitor, action: `${page}/approve`, fields: noFields };
    },
  },
  {
    name: 'refusal of a request',
    result: 'refused once; both get its page',
    page: /^\/staff\/approvals\/[\w-]+\?done=refused$/,
    async fill(site) {
      const { page } = await request(site);
      const { visitor } = await agent(site);
      await visitor.goes(page);
      return { visitor, action: `${page}/refuse`, fields: noFields };
    },
  },
  {
    name: 'note about a client',
    result: 'one note; both get the client’s page',
    page: /^\/staff\/clients\/[\w-]+\?done=noted$/,
    async fill(site) {
      const { id } = await site.account('Ann');
      const { visitor } = await agent(site);
      await visitor.goes(`/staff/clients/${id}`);
      return { visitor, action: `/staff/clients/${id}/notes`, fields: { note: 'Calls often.' } };
    },
  },
  {
    name: 'note about a ticket',
    result: 'one note; both get the ticket',
    page: /^\/staff\/tickets\/[\w-]+\?done=noted$/,
    async fill(site) {
      const page = `/staff/tickets/${await ticketOf(site)}`;
      const { visitor } = await agent(site);
      await visitor.goes(page);
      return { visitor, action: `${page}/notes`, fields: { note: 'Seen before.' } };
    },
  },
  {
    name: 'assignment of a ticket',
    result: 'assigned once; both get the ticket',
    page: /^\/staff\/tickets\/[\w-]+\?done=assigned$/,
    async fill(site) {
      const page = `/staff/tickets/${await ticketOf(site)}`;
      const { visitor, person } = await agent(site);
      await visitor.goes(page);
      return { visitor, action: `${page}/assign`, fields: { assignee: person.id } };
    },
  },
];
