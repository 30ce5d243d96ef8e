import { TwoFactor } from 'nestjs-two-factor';
import { pending, type Owner } from '../people/owner.js';
import type { Visitor } from '../people/visitor.js';
import type { Notice, Told } from './notice-deeds.js';
import { does, type NoticeScene } from './notices.js';

const of = (name: string) => `modules/two-factor/mail/${name}`;
const used = 'A backup code was used';
const few = 'Only 3 backup codes are left';
const lockedDown = 'Your account is locked down';
const forStaff = 'A client pressed “This wasn’t me”';
const turnedOn = 'Two-factor authentication is on';

/** The mails about backup codes that run out, about new sign-ins, and about “This wasn’t me”. */
export const lockDownNotices: readonly Notice[] = [
  [
    'three backup codes left',
    {
      ...{ view: of('backup-codes-low'), subject: few },
      ...{ says: 'You have 3 backup codes left. Make new ones', also: Array<string>(7).fill(used) },
    },
    (scene, ann) => usesCodes(scene, ann, 7),
  ],
  [
    'no backup codes left',
    {
      ...{ view: of('backup-codes-out'), subject: 'You have no backup codes left' },
      ...{ says: 'Your last backup code was used', also: [...Array<string>(10).fill(used), few] },
    },
    (scene, ann) => usesCodes(scene, ann, 10),
  ],
  [
    'a sign-in from a browser and network that were not seen before',
    {
      ...{ view: 'mail/new-sign-in', subject: 'New sign-in to your account' },
      says: 'from a browser and a network that we did not know yet',
    },
    async ({ house }, { person, app }) => {
      const by = house.visitor();
      by.address = '203.0.113.7';
      await by.signsIn(person);
      await by.submits({ code: app.code() });
      return { by };
    },
  ],
  [
    '“This wasn’t me”: to the owner',
    {
      ...{ view: of('locked-down'), subject: lockedDown },
      ...{ says: '“This wasn’t me” was pressed. Every browser', also: [forStaff, 'Set a new password'] },
    },
    async (scene, ann) => ({ by: await stops(scene, ann) }),
  ],
  [
    '“This wasn’t me”: to the staff',
    {
      ...{ view: 'mail/account-locked-down', subject: forStaff },
      ...{ says: 'The account is locked down: every browser', also: [lockedDown, 'Set a new password'] },
    },
    async (scene, ann) => {
      await stops(scene, ann);
      return { to: scene.contact, says: [ann.person.email, `/staff/clients/${ann.person.id}`] };
    },
  ],
  [
    'a lock-down that staff ended',
    {
      ...{ view: of('released'), subject: 'Your account is no longer locked down' },
      ...{ says: 'Our staff ended the lock-down', also: [forStaff, lockedDown, 'Set a new password'] },
    },
    async (scene, ann) => {
      await stops(scene, ann);
      const cli = { type: 'cli', id: 'operator' } as const;
      const twoFactor = scene.house.app.get(TwoFactor, { strict: false });
      await twoFactor.unlock(ann.person.id, 'called back', cli);
      return { secrets: ['called back'] };
    },
  ],
];

/** Signs in with this many backup codes, one after the other. */
async function usesCodes({ house }: NoticeScene, { person, codes }: Owner, count: number): Promise<Told> {
  let by = house.visitor();
  for (const code of codes.slice(0, count)) {
    by = await pending(house, person);
    await by.submits({ code });
  }
  return { by };
}

/** Presses “This wasn’t me” in the mail about two-factor that was turned on. */
async function stops(scene: NoticeScene, { person }: Owner): Promise<Visitor> {
  const by = scene.house.visitor();
  const mail = scene.office.of(person.email).find(({ mail: { subject } }) => subject === turnedOn);
  const link = /\/security\/stop\/[\w-]{43}/.exec(mail?.mail.text ?? '')?.[0];
  if (link === undefined) throw new Error(`No link came to ${person.email}.`);
  await does(by, link);
  return by;
}
