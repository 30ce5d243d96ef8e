import { AccountRow } from '../../../src/accounts/account.entity.js';
import type { Person } from '../people/accounts.js';
import { does, isFresh, type NoticeScene } from './notices.js';
import { pending, owner, type Owner } from '../people/owner.js';
import { firefox, type Visitor } from '../people/visitor.js';

/** Where two-factor is managed. */
export const room = '/account/security/two-factor';

/** What the owner is told after something happened. */
export interface Told {
  /** Left out: the owner's. */
  readonly to?: string;
  /** Whose address and browser the mail names; left out: nobody's. */
  readonly by?: Visitor;
  readonly says?: readonly string[];
  /** What it does not say, besides what is secret anyway. */
  readonly secrets?: readonly string[];
}

/** One mail: its view, its subject, what it says, what happens, and the subjects of what else is mailed meanwhile. */
export type Notice = readonly [
  name: string,
  mail: { view: string; subject: string | RegExp; says: string; also?: readonly string[] },
  happens: (scene: NoticeScene, ann: Owner) => Promise<Told>,
];

/** Sets up one more app, or one in the place of another: its secret. */
export async function addsApp(ann: Owner, label: string, replaces?: string): Promise<string> {
  const secret = await startsApp(ann, replaces);
  await does(ann.visitor, `${room}/totp/confirm`, { code: ann.app.withKey(secret).code(), label });
  return secret;
}

/** Sets up one more app with this label: the status of the answer. */
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

/** So many wrong codes in a row, each time the wait is over. */
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

/** Opens a ticket: its path. */
export async function opensTicket({ visitor }: Owner): Promise<string> {
  await visitor.goes('/tickets');
  return (await visitor.submits({ subject: 'Slow', body: 'Since this morning.' })).address;
}

/** Somebody of the staff, who is set up for it first, answers the ticket at this path. */
export async function isAnswered({ house }: NoticeScene, path: string): Promise<Owner> {
  const sam = await owner(house, 'Sam', { person: await house.account('Sam', 'support') });
  await isFresh(house, sam);
  await does(sam.visitor, `/staff${path}`, { body: 'the answer is hunter2' });
  return sam;
}

/** Loses every row that two-factor has of Ann, and signs in by her password, while one administrator may sign in. */
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
