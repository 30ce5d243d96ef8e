import { Tickets } from '../../../../src/support/tickets.service.js';
import { actionOf, agent, confirmed, customer, noFields, type PostedForm, ticket } from './filled-form.js';

/** The forms of the portal for tickets. */
export const ticketForms: readonly PostedForm[] = [
  {
    name: 'ticket',
    result: 'one ticket; both get its page',
    page: /^\/tickets\/[\w-]+$/,
    async fill(site) {
      const visitor = await customer(site);
      await visitor.goes('/tickets');
      return { visitor, action: '/tickets', fields: { subject: 'Twice?', body: 'It is down.' } };
    },
  },
  {
    name: 'reply',
    result: 'one message; both get the ticket',
    page: /^\/tickets\/[\w-]+\?done=replied/,
    async fill(site) {
      const visitor = await ticket(site);
      return { visitor, action: visitor.page.address, fields: { body: 'Still down.' } };
    },
  },
  {
    name: 'close of a ticket',
    result: 'closed once; both get the ticket',
    page: /^\/tickets\/[\w-]+\?done=closed/,
    async fill(site) {
      const visitor = await ticket(site);
      return { visitor, action: actionOf(visitor, '/close'), fields: noFields };
    },
  },
  {
    name: 'reply of an agent',
    result: 'one message; both get the ticket',
    page: /^\/staff\/tickets\/[\w-]+\?done=/,
    async fill(site) {
      const ann = { ...(await site.account('Ann')), role: 'customer' } as const;
      const id = await site.app.get(Tickets).open(null, ann, { subject: 'Help', body: 'It is down.' });
      const action = `/staff/tickets/${id}`;
      const { visitor } = await confirmed(site, action, await agent(site));
      return { visitor, action, fields: { body: 'We look at it.' } };
    },
  },
];
