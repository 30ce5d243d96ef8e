import { acts, agent } from '../people/agent.js';
import type { Owner } from '../people/owner.js';
import { pending } from '../people/owner.js';
import type { Notice, Told } from './notice-deeds.js';
import { type NoticeScene, publicUrl, secretsOf } from './notices.js';

const reason = 'The caller lost a laptop';
const on = 'Two-factor authentication is on';

/** An agent does this to the client; the mail names neither the agent nor the reason. */
async function does({ house }: NoticeScene, { person }: Owner, path: string): Promise<Told> {
  const sam = await agent(house, 'Sam');
  const { status, body } = await acts(house, sam, `/staff/clients/${person.id}/${path}`, { reason });
  if (status !== 200) throw new Error(`${path}: ${status} ${JSON.stringify(body)}`);
  return { secrets: [reason, sam.person.email, ...secretsOf(sam)] };
}

/** The mails about acts of staff, by what they are sent for. */
export const staffNotices: readonly Notice[] = [
  [
    'an account suspended by staff',
    {
      ...{ view: 'mail/account-suspended', subject: 'Your account was suspended' },
      ...{ says: 'You cannot sign in at the moment', also: [on] },
    },
    (scene, ann) => does(scene, ann, 'suspend'),
  ],
  [
    'an account reopened by staff',
    {
      ...{ view: 'mail/account-reopened', subject: 'Your account is open again' },
      ...{ says: 'Our staff reopened your account', also: [on, on, 'Your account was suspended'] },
    },
    async (scene, ann) => {
      await does(scene, ann, 'suspend');
      return does(scene, ann, 'reopen');
    },
  ],
  [
    'sessions ended by staff',
    {
      ...{ view: 'mail/sessions-ended', subject: 'You were signed out everywhere' },
      ...{ says: 'Our staff ended all sessions', also: [on] },
    },
    (scene, ann) => does(scene, ann, 'sessions/end'),
  ],
  [
    'a link for a new password from staff',
    {
      ...{ view: 'mail/password-link', subject: 'Set a new password' },
      ...{ says: 'Our staff send you this link', also: [on] },
    },
    async (scene, ann) => {
      const told = await does(scene, ann, 'password-link');
      return { ...told, says: [publicUrl + (await scene.link(ann.person.email, '/password/reset'))] };
    },
  ],
  [
    'trusted browsers forgotten by staff',
    {
      ...{ view: 'modules/two-factor/mail/devices-forgotten' },
      ...{ subject: 'Your trusted browsers were forgotten', says: 'removed the trust', also: [on] },
    },
    async (scene, ann) => {
      const browser = await pending(scene.house, ann.person);
      await browser.submits({ code: ann.app.code(), trustDevice: 'on' });
      return does(scene, ann, 'two-factor/devices/forget');
    },
  ],
];
