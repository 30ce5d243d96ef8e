import type { Person } from './accounts.js';
import type { Portal } from '../portal/portal.js';

const requested = 'A request to remove your two-factor authentication';

/** The subjects of the mails about recovery that this person got, in no order. */
export async function recoverySubjects(site: Portal, { email }: Pick<Person, 'email'>): Promise<string[]> {
  await site.settled();
  const subjects = (await site.inbox.of(email)).map(({ subject }) => subject);
  return subjects.filter((subject) =>
    /recovery of your account|remove your two-factor|Set up two-factor again/.test(subject),
  );
}

/** The path of the link that cancels the only case of this person. */
export async function cancelLink(site: Portal, { email }: Pick<Person, 'email'>): Promise<string> {
  await site.settled();
  const mail = (await site.inbox.of(email)).find(({ subject }) => subject === requested);
  const found = /\/login\/recovery\/cancel\/[\w.-]+/.exec((mail?.source ?? '').replace(/=\r?\n/g, ''));
  if (!found) throw new Error(`No link to ${email}.`);
  return found[0];
}
