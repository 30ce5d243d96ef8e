import type { Person } from './accounts.js';
import type { Portal } from '../portal/portal.js';
import type { Visitor } from './visitor.js';

/** Requests a link on the page. */
export async function forgets(visitor: Visitor, email: string): Promise<void> {
  await visitor.goes('/password/forgot');
  await visitor.submits({ email });
}

/** The paths of all links that were mailed to this person; mails have no order. */
export async function resetLinks(portal: Portal, { email }: Pick<Person, 'email'>): Promise<string[]> {
  await portal.settled();
  const mails = (await portal.inbox.of(email)).filter(({ subject }) => subject === 'Set a new password');
  return mails.map(({ source }) => {
    const found = /\/password\/reset\/[\w-]{43}/.exec(source.replace(/=\r?\n/g, ''));
    if (!found) throw new Error(`No link in ${source}`);
    return found[0];
  });
}

/** Asks for a link and opens the mail; the newest of this person's links. */
export async function newLink(portal: Portal, person: Pick<Person, 'email'>): Promise<string> {
  const before = await resetLinks(portal, person);
  await forgets(portal.visitor(), person.email);
  const link = (await resetLinks(portal, person)).find((each) => !before.includes(each));
  if (link === undefined) throw new Error(`No new link came to ${person.email}.`);
  return link;
}
