import { gateLower } from '../../../src/auth/gates/gate-lower.command.js';
import { printed } from '../portal/command-line.js';
import { newAddress } from '../people/email-link.js';
import { asksFor, forgets, isAnswered, losesRows, type Notice, opensTicket } from './notice-deeds.js';
import { does, publicUrl, secretsOf } from './notices.js';
import { portal } from '../portal/portal.js';

const asked = 'A new e-mail address was requested';
const confirm = 'Confirm your e-mail address';
const fresh = 'another horse altogether';
const because = ['--reason', 'lost phone'];

/** The mails of the portal itself, by what they are sent for. */
export const portalNotices: readonly Notice[] = [
  [
    'the gate lowered on the command line',
    {
      view: 'mail/gate-lowered',
      subject: 'For now your password alone is enough to sign in',
      says: 'Your password alone is enough',
    },
    async (scene, { person: { email } }) => {
      const without = await portal({ besides: scene.house, modules: [], env: scene.env });
      const words = ['gate:lower', 'two-factor', '--account', email, ...because];
      await printed(without, [gateLower], words, scene.env).finally(() => without.close());
      return { secrets: because };
    },
  ],
  [
    'rows that were lost: to the administrators',
    {
      view: 'mail/account-damaged',
      subject: 'Two-factor data of an account is damaged',
      says: 'the sign-in was refused',
      also: ['Sign-in to your account is blocked at the moment'],
    },
    async (scene, ann) => {
      const { by, admin } = await losesRows(scene, ann);
      return { to: admin.email, by, says: [ann.person.email, `${publicUrl}/staff/clients/${ann.person.id}`] };
    },
  ],
  [
    'another password',
    { view: 'mail/password-changed', subject: 'Your password was changed', says: 'was just changed' },
    async (_, { visitor }) => {
      await does(visitor, '/account/password', { newPassword: fresh });
      return { by: visitor, secrets: [fresh] };
    },
  ],
  [
    'a forgotten password',
    {
      view: 'mail/password-reset',
      subject: 'Set a new password',
      says: 'If you made it, open this link',
    },
    async (scene, ann) => {
      const by = await forgets(scene, ann);
      return { by, says: [publicUrl + (await scene.link(ann.person.email, '/password/reset'))] };
    },
  ],
  [
    'another e-mail address wanted: to the old one',
    { view: 'mail/email-asked', subject: asked, says: 'Nothing changes until', also: [confirm] },
    async (scene, ann) => {
      const email = newAddress();
      return { by: ann.visitor, says: [email], secrets: [await asksFor(scene, ann, email)] };
    },
  ],
  [
    'another e-mail address wanted: to the new one',
    {
      view: 'mail/email-confirm',
      subject: confirm,
      says: 'open this link to confirm the address',
      also: [asked],
    },
    async (scene, ann) => {
      const to = newAddress();
      const link = await asksFor(scene, ann, to);
      return { to, by: ann.visitor, says: [publicUrl + link], secrets: [ann.person.email, 'Ann'] };
    },
  ],
  [
    'somebody’s e-mail address wanted by another',
    {
      view: 'mail/email-taken',
      subject: 'Your e-mail address was requested for another account',
      says: 'It belongs to your account',
      also: [asked],
    },
    async (scene, { visitor, person }) => {
      const bob = await scene.house.account('Bob');
      await does(visitor, '/account/email', { email: bob.email });
      return { to: bob.email, by: visitor, secrets: [person.email, bob.password] };
    },
  ],
  [
    'another e-mail address confirmed',
    {
      view: 'mail/email-changed',
      subject: 'Your e-mail address was changed',
      says: 'From now on, you sign in with it',
      also: [asked, confirm, 'Some actions of your account have to wait'],
    },
    async (scene, ann) => {
      const email = newAddress();
      const link = await asksFor(scene, ann, email);
      await does(ann.visitor, link);
      return { by: ann.visitor, says: [email], secrets: [link] };
    },
  ],
  [
    'a ticket answered',
    {
      view: 'mail/ticket-answered',
      subject: /^Your ticket T-[0-9A-Z]{8} was answered$/,
      says: 'We have answered your ticket',
      also: ['Two-factor authentication is on'],
    },
    async (scene, ann) => {
      const path = await opensTicket(ann);
      const sam = await isAnswered(scene, path);
      return { says: [publicUrl + path], secrets: ['hunter2', 'Since this morning', ...secretsOf(sam)] };
    },
  ],
];
