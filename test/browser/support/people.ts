import { Accounts } from '../../../src/accounts/accounts.service.js';
import { DemoData } from '../../../src/demo/demo-data.js';
import type { Person } from '../../support/people/accounts.js';
import { owner, type Owner } from '../../support/people/owner.js';
import { portal, type Portal } from '../../support/portal/portal.js';
import type { Desk } from './walks/walk-rooms.js';

const password = 'correct-horse-battery';

/** The demo's people, whom pictures show. */
export const alice = { name: 'Alice Moreau', email: 'alice@example.com', password };
export const bob = { name: 'Bob Lindqvist', email: 'bob@example.com', password };
export const sam = { name: 'Sam Okafor', email: 'sam@example.com', password };
export const mia = { name: 'Mia Tanaka', email: 'mia@example.com', password };

/** A portal with demo data and a provider that can be asked for help. */
export async function demoPortal(env: Readonly<Record<string, string>> = {}): Promise<Portal> {
  const site = await portal({
    env: {
      ...{ PORTAL_NAME: 'Example Hosting', DEMO_PASSWORD: password },
      ...{ SUPPORT_EMAIL: 'help@example.com', SUPPORT_PHONE: '+44 20 7946 0000' },
      ...env,
    },
  });
  await site.app.get(DemoData).createDemo();
  return site;
}

/** One of the demo's people, with two-factor on. */
export async function demoOwner(site: Portal, person: Omit<Person, 'id'>): Promise<Owner> {
  const account = await site.app.get(Accounts).byEmail(person.email);
  if (!account) throw new Error(`${person.name} is gone.`);
  return owner(site, person.name, { person: { ...person, id: account.id } });
}

/** The tickets desk with this one of the staff at it, who answers. */
export function deskOf(site: Portal, person: Omit<Person, 'id'>): Desk {
  return async (ticket, body) => {
    // The agent signs in when there is something to answer: until then the clock may have passed the end of a session.
    const { visitor } = await demoOwner(site, person);
    const page = `/staff${ticket}`;
    await visitor.goes(page);
    await visitor.submits({ body }, page);
  };
}
