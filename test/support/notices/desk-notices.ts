import { TwoFactor } from 'nestjs-two-factor';
import { Stores } from 'nestjs-two-factor/stores';
import { pending, type Owner } from '../people/owner.js';
import type { Visitor } from '../people/visitor.js';
import type { Notice } from './notice-deeds.js';
import { does, type NoticeScene } from './notices.js';

const of = (name: string) => `modules/two-factor/mail/${name}`;
const requested = 'A request to remove your two-factor authentication';
const approved = 'The recovery of your account was approved';
const sam = { id: 'sam', name: 'Sam' };

/** Asks for recovery with the password alone. */
async function asks({ house }: NoticeScene, { person }: Owner): Promise<Visitor> {
  const visitor = await pending(house, person);
  await does(visitor, '/login/recovery');
  return visitor;
}

/** An agent checks everything, and approves. */
async function isApproved({ house }: NoticeScene, { person }: Owner): Promise<void> {
  const { recovery } = house.app.get(TwoFactor, { strict: false });
  const found = await recovery.ofAccount({ accountId: person.id });
  const order = { id: found?.id ?? '', agent: sam };
  await recovery.tick({ ...order, checks: recovery.checklist });
  await recovery.approve(order);
}

/** The mails of the recovery desk. */
export const deskNotices: readonly Notice[] = [
  [
    'a case that was opened',
    { view: of('recovery-requested'), subject: requested, says: 'says that they have lost your phone' },
    async (scene, ann) => ({ by: await asks(scene, ann) }),
  ],
  [
    'a case that its owner stopped',
    {
      ...{
        view: of('recovery-cancelled'),
        subject: 'The recovery of your account was stopped',
        also: [requested],
      },
      says: 'was stopped from a signed-in browser',
    },
    async (scene, ann) => {
      await asks(scene, ann);
      await does(ann.visitor, '/account/recovery');
      return { by: ann.visitor };
    },
  ],
  [
    'a case that agents approved',
    {
      ...{ view: of('recovery-approved'), subject: approved, also: [requested] },
      says: 'Our staff have checked who asked',
    },
    async (scene, ann) => {
      await asks(scene, ann);
      await isApproved(scene, ann);
      await scene.house.settled();
      // Days pass in other stories, and this case would come to its end there.
      await scene.house.app.get(Stores, { strict: false }).recoveryCases.discard(ann.person.id);
      return {};
    },
  ],
  [
    'a case that came to its end',
    {
      ...{ view: of('recovery-completed'), subject: 'Set up two-factor again at your next sign-in' },
      also: [
        ...[requested, approved, 'Some actions of your account have to wait'],
        'Set up two-factor authentication again',
      ],
      says: 'your old methods no longer work',
    },
    async (scene, ann) => {
      await asks(scene, ann);
      await isApproved(scene, ann);
      scene.house.clock.advance(72 * 3_600_000);
      await scene.house.sweeps();
      return {};
    },
  ],
];
