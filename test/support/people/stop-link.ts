import type { Portal } from '../portal/portal.js';
import type { Person } from './accounts.js';

/** The paths of the links “This wasn’t me” in the mails to this address with this subject; mails have no order. */
export async function stopLinks(
  portal: Portal,
  { email }: Pick<Person, 'email'>,
  subject: string,
): Promise<string[]> {
  await portal.settled();
  const mails = (await portal.inbox.of(email)).filter((mail) => mail.subject === subject);
  return mails.map(({ source }) => {
    const plain = source.replace(/=\r?\n/g, '').replaceAll('=3D', '=');
    const found = /\/security\/stop\/[\w-]{43}/.exec(plain);
    if (!found) throw new Error(`No link in ${source}`);
    return found[0];
  });
}

/** The path of the link in the only mail with this subject. */
export async function stopLink(
  portal: Portal,
  person: Pick<Person, 'email'>,
  subject: string,
): Promise<string> {
  const [link, ...more] = await stopLinks(portal, person, subject);
  if (link === undefined || more.length > 0) throw new Error(`${more.length + 1} mails: ${subject}`);
  return link;
}
