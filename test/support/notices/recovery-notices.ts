import { randomUUID } from 'node:crypto';
import { Mailer } from 'nestjs-two-factor';
import type { Owner } from '../people/owner.js';
import type { Notice, Told } from './notice-deeds.js';
import type { NoticeScene } from './notices.js';

/** The mails about recovery kinds from other packages, where the kind names none of its own. */
export const recoveryNotices: readonly Notice[] = [
  [
    'a code used, of a recovery kind from another package',
    {
      ...{ view: 'modules/two-factor/mail/recovery-code-used', subject: 'A recovery code was used' },
      says: 'recovery codes was used. Left: 3.',
    },
    (scene, ann) => isMailed(scene, ann, 'recovery-code-used'),
  ],
  [
    'few codes left, of a recovery kind from another package',
    {
      ...{
        view: 'modules/two-factor/mail/recovery-codes-low',
        subject: 'Only 3 recovery codes are left',
      },
      says: 'Recovery codes left: 3. Make new ones',
    },
    (scene, ann) => isMailed(scene, ann, 'recovery-codes-low'),
  ],
  [
    'no codes left, of a recovery kind from another package',
    {
      ...{
        view: 'modules/two-factor/mail/recovery-codes-out',
        subject: 'You have no recovery codes left',
      },
      says: 'Your last recovery code was used',
    },
    (scene, ann) => isMailed(scene, ann, 'recovery-codes-out'),
  ],
  [
    'new codes, of a recovery kind from another package',
    {
      ...{ view: 'modules/two-factor/mail/recovery-codes-issued', subject: 'New recovery codes were made' },
      says: 'A new set of recovery codes was made',
    },
    (scene, ann) => isMailed(scene, ann, 'recovery-codes-issued'),
  ],
];

/** The portal offers no such kind, so its adapter is asked to send what the module would. */
async function isMailed({ house }: NoticeScene, { person }: Owner, template: string): Promise<Told> {
  const to = { id: person.id, label: person.name, email: person.email, stamp: '', staff: false };
  const model = { left: 3, at: house.clock.now(), ip: null, userAgent: null };
  await house.app.get(Mailer, { strict: false }).send(to, { id: randomUUID(), template, model });
  return {};
}
