import { resetCommand } from '../../../src/two-factor/commands/reset.command.js';
import { unlockCommand } from '../../../src/two-factor/commands/unlock.command.js';
import { printed } from '../portal/command-line.js';
import { askedOn, keyOwner, originOf } from '../people/key-owner.js';
import { addsApp, factorOf, losesRows, misses, type Notice, room } from './notice-deeds.js';
import { does, isFresh, type NoticeScene, secretsOf } from './notices.js';
import { pending, owner } from '../people/owner.js';

/** The one mail that carries a code. */
export const codeView = 'modules/two-factor/mail/code';

/** A code in the form of a mail. */
export const codeLine = /^\d{4} \d{4}$/m;

const of = (name: string) => `modules/two-factor/mail/${name}`;
const added = 'A sign-in method was added';
const wrong = 'Wrong security codes for your account';
const because = ['--reason', 'lost phone'];

/** The mails of two-factor, by what they are sent for. */
export const twoFactorNotices: readonly Notice[] = [
  [
    'two-factor turned on',
    {
      view: of('enabled'),
      subject: 'Two-factor authentication is on',
      says: 'was turned on for your account',
    },
    async (scene) => {
      const eve = await owner(scene.house, 'Eve');
      return { to: eve.person.email, by: eve.visitor, secrets: secretsOf(eve) };
    },
  ],
  [
    'two-factor turned off',
    {
      view: of('disabled'),
      subject: 'Two-factor authentication is off',
      says: 'Your password alone is now enough to sign in',
    },
    async (_, { visitor }) => {
      await does(visitor, `${room}/disable`);
      return { by: visitor };
    },
  ],
  [
    'a second app',
    { view: of('factor-enrolled'), subject: added, says: '“Tablet” was set up' },
    async (_, ann) => ({ by: ann.visitor, secrets: [await addsApp(ann, 'Tablet')] }),
  ],
  [
    'another app in the place of the first',
    {
      ...{ view: of('factor-replaced'), subject: 'A sign-in method was replaced' },
      says: '“New phone” was set up for your account in place of “My phone”',
    },
    async (_, ann) => ({
      by: ann.visitor,
      secrets: [await addsApp(ann, 'New phone', await factorOf(ann))],
    }),
  ],
  [
    'one of two apps removed',
    {
      ...{ view: of('factor-removed'), subject: 'A sign-in method was removed' },
      ...{ says: '“My phone” was removed', also: [added] },
    },
    async (scene, ann) => {
      const secret = await addsApp(ann, 'Tablet');
      await isFresh(scene.house, ann);
      await does(ann.visitor, `${room}/factors/${await factorOf(ann)}/remove`);
      return { by: ann.visitor, secrets: [secret] };
    },
  ],
  [
    'new backup codes',
    { view: of('backup-codes-issued'), subject: 'New backup codes were made', says: 'no longer work' },
    async (_, { visitor }) => {
      const { body } = await does(visitor, `${room}/backup-codes`);
      return { by: visitor, secrets: JSON.stringify(body).match(/\w{4}(-\w{4}){3}/g) ?? ['none'] };
    },
  ],
  [
    'a backup code used',
    { view: of('backup-code-used'), subject: 'A backup code was used', says: 'You have 9 left.' },
    async (scene, { person, codes }) => {
      const by = await pending(scene.house, person);
      await by.submits({ code: codes[0] ?? '' });
      return { by };
    },
  ],
  [
    'five wrong codes in a row',
    { view: of('misses'), subject: wrong, says: 'entered 5 wrong security codes' },
    (scene, ann) => misses(scene, ann, 5),
  ],
  [
    'twenty wrong codes in a row',
    { view: of('misses'), subject: wrong, says: 'entered 20 wrong security codes', also: [wrong] },
    (scene, ann) => misses(scene, ann, 20),
  ],
  [
    'a key that seems to exist twice',
    {
      ...{ view: of('copied'), subject: 'A security key of yours seems to exist twice' },
      ...{ says: 'answered with an old count', also: ['Two-factor authentication is on'] },
    },
    async (scene) => {
      const eve = await keyOwner(scene.house, 'Eve', { counts: true, synced: false });
      const answers = async () => {
        const by = await pending(scene.house, eve.person);
        await by.submits({ response: eve.key.answers(askedOn(by), originOf(scene.house)) });
        return by;
      };
      await answers();
      eve.key.counter = 0;
      return { to: eve.person.email, by: await answers(), secrets: eve.codes };
    },
  ],
  [
    'rows that were lost: to the owner',
    {
      ...{ view: of('alarm'), subject: 'Sign-in to your account is blocked at the moment' },
      ...{ says: 'we block every sign-in', also: ['Two-factor data of an account is damaged'] },
    },
    async (scene, ann) => {
      const { by } = await losesRows(scene, ann);
      return { by };
    },
  ],
  [
    'a code that was asked for',
    {
      ...{
        view: codeView,
        subject: 'Your security code',
        says: 'A sign-in to your account with your password has begun',
      },
      also: ['Your security code', 'Two-factor authentication is on'],
    },
    async (scene) => {
      const [eve, visitor] = [await scene.house.account('Eve'), scene.house.visitor()];
      await visitor.signsIn(eve);
      await does(visitor, `${room}/email-code/setup`);
      const code = await mailedCode(scene, eve.email);
      const { body } = await does(visitor, `${room}/email-code/confirm`, { code });
      scene.house.clock.passesMinutes(1);
      const by = await pending(scene.house, eve);
      await by.presses('/login/challenge/resend');
      return { to: eve.email, by, secrets: [eve.password, ...(body['backupCodes'] as string[])] };
    },
  ],
  [
    'two-factor reset on the command line',
    {
      ...{ view: of('reset'), subject: 'Two-factor authentication was reset' },
      ...{ says: 'Our staff removed all', also: ['Some actions of your account have to wait'] },
    },
    async (scene, { person: { email } }) => {
      await printed(scene.house, [resetCommand], ['two-factor:reset', email, ...because], scene.env);
      return { secrets: because };
    },
  ],
  [
    'a wait that was ended on the command line',
    {
      ...{ view: of('unlocked'), subject: 'You can sign in again at once' },
      ...{ says: 'Our staff ended this wait', also: [wrong] },
    },
    async (scene, ann) => {
      await misses(scene, ann, 5);
      const words = ['two-factor:unlock', ann.person.email, ...because];
      await printed(scene.house, [unlockCommand], words, scene.env);
      return { secrets: because };
    },
  ],
];

async function mailedCode({ house, office }: NoticeScene, email: string): Promise<string> {
  await house.settled();
  const found = codeLine.exec(office.of(email).at(-1)?.mail.text ?? '')?.[0];
  if (found === undefined) throw new Error(`No code came to ${email}.`);
  return found;
}
