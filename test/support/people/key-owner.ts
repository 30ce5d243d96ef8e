import type { Role } from '../../../src/accounts/account.js';
import { SoftPasskey, type SoftPasskeyTraits } from 'nestjs-two-factor/testing';
import type { Person } from './accounts.js';
import { codesOn } from './owner.js';
import type { Portal } from '../portal/portal.js';
import type { JsonAnswer, Visitor } from './visitor.js';

/** The options for a browser. */
type Asked = Parameters<SoftPasskey['answers']>[0];

const room = '/account/security/two-factor/webauthn';

/** A person with two-factor by a software passkey. */
export interface KeyOwner {
  readonly person: Person;
  readonly key: SoftPasskey;
  readonly codes: readonly string[];
  /** The browser of the set-up, still signed in. */
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
  // The side effects of a set-up also end a login that begins at the same moment, while the clock stands still.
  await site.settled();
  return { person, key, codes: codesOn(done), visitor };
}

/** The options that the script of the current page would pass to the browser. */
export function askedOn({ page }: Visitor): Asked {
  const options = JSON.parse(page.attribute('[data-passkey]', 'data-passkey') ?? '{}') as {
    publicKey: Asked;
  };
  return options.publicKey;
}

/** The options that a program gets. */
export function askedIn({ body }: JsonAnswer): Asked {
  return (body['question'] as { publicKey: Asked }).publicKey;
}

/** The origin of the answers. */
export function originOf({ config }: Portal): string {
  return config.publicUrl;
}
