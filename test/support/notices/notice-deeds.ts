import { AccountRow } from '../../../src/accounts/account.entity.js';
import type { Person } from '../people/accounts.js';
import { does, isFresh, type NoticeScene } from './notices.js';
import { pending, owner, type Owner } from '../people/owner.js';
import { firefox, type Visitor } from '../people/visitor.js';

/** The address of the two-factor pages. */
export const room = '/account/security/two-factor';

/** The expected mail to the owner. */
export interface Told {
  /** The recipient; default: the owner. */
  readonly to?: string;
  /** The visitor with the address and browser that the mail names; default: none. */
  readonly by?: Pick<Visitor, 'address'>;
  readonly says?: readonly string[];
  /** Texts that must not be in it, besides the usual secrets. */
  readonly secrets?: readonly string[];
}

/** One mail: its view, its subject, its texts, its cause, and the subjects of other mails at the same time. */
export type Notice = readonly [
  name: string,
  mail: { view: string; subject: string | RegExp; says: string; also?: readonly string[] },
  happens: (scene: NoticeScene, ann: Owner) => Promise<Told>,
];

/** Sets up one more app, or replaces one; returns its secret. */
export async function addsApp(ann: Owner, label: string, replaces?: string): Promise<string> {
  const secret = await startsApp(ann, replaces);
  await does(ann.visitor, `${room}/totp/confirm`, { code: ann.app.withKey(secret).code(), label });
  return secret;
}

/** Sets up one more app with this label; returns the status of the answer. */
export async function labels(ann: Owner, label: string): Promise<number> {
  const code = ann.app.withKey(await startsApp(ann)).code();
  return (await ann.visitor.asks('POST', `${room}/totp/confirm`, { code, label })).status;
}

async function startsApp({ visitor }: Owner, replaces?: string): Promise<string> {
  const { body } = await does(visitor, `${room}/totp/setup`, replaces === undefined ? {} : { replaces });
  return (body['draft'] as { secret: string }).secret;
}

export async function factorOf({ visitor }: Owner): Promise<string> {
  const { body } = await visitor.asks('GET', '/account/security');
  return (body['factors'] as { id: string }[])[0]?.id ?? '';
}

/** Gives this many wrong codes in a row, each after the wait. */
export async function misses(scene: NoticeScene, { person, app }: Owner, times: number): Promise<Told> {
  let by = await pending(scene.house, person);
  for (let miss = 0; miss < times; miss++) {
    if (miss > 0 && miss % 5 === 0) {
      scene.house.clock.passesMinutes(300);
      by = await pending(scene.house, person);
    }
    await by.submits({ code: app.code(500) });
  }
  return { by };
}

export async function asksFor(scene: NoticeScene, { visitor }: Owner, email: string): Promise<string> {
  await does(visitor, '/account/email', { email });
  return scene.link(email, '/account/email/confirm');
}

export async function forgets({ house }: NoticeScene, { person }: Owner): Promise<Visitor> {
  const by = house.visitor();
  await does(by, '/password/forgot', { email: person.email });
  return by;
}

/** Opens a ticket; returns its path. */
export async function opensTicket({ visitor }: Owner): Promise<string> {
  await visitor.goes('/tickets');
  return (await visitor.submits({ subject: 'Slow', body: 'Since this morning.' })).address;
}

/** A member of staff, with two-factor set up first, answers the ticket at this path. */
export async function isAnswered({ house }: NoticeScene, path: string): Promise<Owner> {
  const sam = await owner(house, 'Sam', { person: await house.account('Sam', 'support') });
  await isFresh(house, sam);
  await does(sam.visitor, `/staff${path}`, { body: 'the answer is hunter2' });
  return sam;
}

/** Deletes all two-factor rows of Ann, and signs in by her password, while one administrator may sign in. */
export async function losesRows(
  { house }: NoticeScene,
  { person }: Owner,
): Promise<Told & { admin: Person }> {
  const admin = await house.account('Mia', 'admin');
  for (const table of ['two_factor_accounts', 'two_factor_factors'])
    await house.database.query(`DELETE FROM ${table} WHERE account_id = '${person.id}'`);
  const by = house.visitor();
  const { email, password } = person;
  await by.asks('POST', '/login', { email, password }, { 'User-Agent': firefox });
  await house.settled();
  await house.database.manager.update(AccountRow, { id: admin.id }, { suspendedAt: 1 });
  return { by, admin };
}
