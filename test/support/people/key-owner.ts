import type { Role } from '../../../src/accounts/account.js';
import { SoftPasskey, type SoftPasskeyTraits } from 'nestjs-two-factor/testing';
import type { Person } from './accounts.js';
import { codesOn } from './owner.js';
import type { Portal } from '../portal/portal.js';
import type { JsonAnswer, Visitor } from './visitor.js';

/** What browsers are asked for. */
type Asked = Parameters<SoftPasskey['answers']>[0];

const room = '/account/security/two-factor/webauthn';

/** Somebody who has two-factor on with a passkey of software. */
export interface KeyOwner {
  readonly person: Person;
  readonly key: SoftPasskey;
  readonly codes: readonly string[];
  /** The browser it was set up in, still signed in. */
  readonly visitor: Visitor;
}

/** Turns two-factor on with a passkey, on the pages. */
export async function keyOwner(
  site: Portal,
  name: string,
  traits: SoftPasskeyTraits = {},
  role: Role = 'customer',
): Promise<KeyOwner> {
  const person = await site.account(name, role);
  const visitor = site.visitor();
  await visitor.signsIn(person);
  await visitor.goes(room);
  await visitor.presses(`${room}/setup`);
  const key = new SoftPasskey(traits);
  const response = key.registers(askedOn(visitor), originOf(site));
  const done = await visitor.submits({ response, label: 'My key' });
  // What follows a set-up ends logins begun no later than it: also one begun next, while the clock stands still.
  await site.settled();
  return { person, key, codes: codesOn(done), visitor };
}

/** What the script of the page shown would ask the browser for. */
export function askedOn({ page }: Visitor): Asked {
  const options = JSON.parse(page.attribute('[data-passkey]', 'data-passkey') ?? '{}') as {
    publicKey: Asked;
  };
  return options.publicKey;
}

/** What a program is asked for. */
export function askedIn({ body }: JsonAnswer): Asked {
  return (body['question'] as { publicKey: Asked }).publicKey;
}

/** The page that answers are made on. */
export function originOf({ config }: Portal): string {
  return config.publicUrl;
}
