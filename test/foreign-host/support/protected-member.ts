import type { Visitor } from '../../support/people/visitor.js';
import type { ForeignHost, Member } from './foreign-host.js';
import { Phone } from './phone.js';

/** A person with two-factor. */
export interface ProtectedMember {
  readonly member: Member;
  readonly phone: Phone;
  readonly codes: readonly string[];
  /** The browser in which it was set up, still signed in. */
  readonly visitor: Visitor;
}

/** E-mail and password, as a program sends them. */
export const passwordOf = ({ email, password }: Member) => ({ email, password });

/** A new person signs in, passes a step-up with the password and sets an authenticator app up, all by JSON. */
export async function protectedMember(host: ForeignHost, prefix = ''): Promise<ProtectedMember> {
  const member = await host.member('Ann');
  const visitor = host.visitor();
  await visitor.asks('POST', `${prefix}/login`, passwordOf(member));
  const { phone, codes } = await setsUp(host, visitor, member, prefix);
  host.clock.advance(30_000);
  return { member, phone, codes, visitor };
}

/** Set-up by a signed-in person. */
export async function setsUp(host: ForeignHost, visitor: Visitor, { password }: Member, prefix = '') {
  const room = `${prefix}/account/security/two-factor/totp`;
  await visitor.asks('POST', `${prefix}/account/confirm`, { password });
  const { draft } = (await visitor.asks('POST', `${room}/setup`, {})).body as { draft?: { secret: string } };
  if (!draft) throw new Error('No set-up was started.');
  const phone = new Phone(draft.secret, host.clock);
  const { body } = await visitor.asks('POST', `${room}/confirm`, { code: phone.code() });
  return { phone, codes: body['backupCodes'] as string[] };
}
