import type { Portal } from '../portal/portal.js';
import { owner, type Owner } from './owner.js';
import type { JsonAnswer } from './visitor.js';

/** A staff member with a factor of their own. */
export async function agent(
  site: Portal,
  name: string,
  role: 'support' | 'admin' = 'support',
): Promise<Owner> {
  return owner(site, name, { person: await site.account(name, role) });
}

/** Sends the form of an act as a program, and confirms it as asked. The clock is a step later then. */
export async function acts(
  site: Portal,
  who: Owner,
  address: string,
  body: Readonly<Record<string, unknown>>,
): Promise<JsonAnswer> {
  const asked = await who.visitor.asks('POST', address, body);
  if (asked.body['code'] !== 'STEP_UP_REQUIRED') return asked;
  await confirmsAct(site, who, String(asked.body['act']));
  return who.visitor.asks('POST', address, body);
}

/** Confirms one act with password and code. The clock is a step later then. */
export async function confirmsAct(site: Portal, { visitor, person, app }: Owner, act: string): Promise<void> {
  site.clock.advance(30_000);
  const proof = { password: person.password, kind: 'totp', code: app.code(), act };
  const confirmed = await visitor.asks('POST', '/account/confirm', proof);
  if (confirmed.status !== 200) throw new Error(`Not confirmed: ${JSON.stringify(confirmed.body)}`);
}
