import { TwoFactor } from 'nestjs-two-factor';
import { resetCommand } from '../../../src/two-factor/commands/reset.command.js';
import { pending, type Owner } from '../people/owner.js';
import { printed } from '../portal/command-line.js';
import type { Notice } from './notice-deeds.js';
import type { NoticeScene } from './notices.js';

const of = (name: string) => `modules/two-factor/mail/${name}`;
const because = ['--reason', 'lost phone'];
/** Every reset starts the brake, which has a mail of its own. */
const brake = 'Some actions of your account have to wait';

/** The mails of resets that leave two-factor on, and of the code that staff read out. */
export const resetNotices: readonly Notice[] = [
  [
    'two-factor reset for a new set-up',
    {
      ...{ view: of('reset-re-enrol'), subject: 'Set up two-factor authentication again' },
      ...{ says: 'Your account stays protected', also: [brake] },
    },
    async (scene, { person: { email } }) => {
      const words = ['two-factor:reset', email, '--mode', 're-enrol', ...because];
      await printed(scene.house, [resetCommand], words, scene.env);
      return { secrets: because };
    },
  ],
  [
    'a code of the help desk',
    {
      ...{ view: of('reset-one-time-code'), subject: 'Our help desk made a code for one sign-in' },
      ...{ says: 'If you did not call us', also: [brake] },
    },
    async (scene, ann) => ({ secrets: [await helpDeskCode(scene, ann), ...because] }),
  ],
  [
    'a code of the help desk used',
    {
      ...{ view: of('help-desk-code-used'), subject: 'A code from our help desk was used' },
      says: 'Your next sign-in needs your security code again',
      also: ['Our help desk made a code for one sign-in', brake],
    },
    async (scene, ann) => {
      const code = await helpDeskCode(scene, ann);
      const by = await pending(scene.house, ann.person);
      await by.submits({ code });
      return { by, secrets: [code] };
    },
  ],
];

/** A code that staff read out; made in the house itself, because the command line has another clock. */
async function helpDeskCode({ house }: NoticeScene, { person }: Owner): Promise<string> {
  const request = { mode: 'one-time-code', reason: 'lost phone' } as const;
  const twoFactor = house.app.get(TwoFactor, { strict: false });
  const { oneTimeCode } = await twoFactor.reset(person.id, request, { type: 'staff', id: 'sam' });
  return oneTimeCode?.code ?? 'no code';
}
