import { newestCode } from '../../people/mail-reader.js';
import { getsStarted, owner, pending, scans } from '../../people/owner.js';
import { actionOf, confirmed, customer, noFields, type PostedForm, room, security } from './filled-form.js';

/** The forms of the package. */
export const twoFactorForms: readonly PostedForm[] = [
  {
    name: 'start of a set-up',
    result: 'one draft; both get its page',
    page: /two-factor\/totp\/setup$/,
    async fill(site) {
      const visitor = await customer(site);
      await visitor.goes(`${room}/totp`);
      return { visitor, action: `${room}/totp/setup`, fields: noFields };
    },
  },
  {
    name: 'set-up',
    result: 'one factor; both get its backup codes',
    page: /two-factor\/(totp\/confirm|backup-codes\/new)/,
    async fill(site) {
      const visitor = await customer(site);
      await visitor.goes(`${room}/totp`);
      const app = await getsStarted(site, visitor);
      return { visitor, action: `${room}/totp/confirm`, fields: { code: app.code(), label: 'My phone' } };
    },
  },
  {
    name: 'set-up of mailed codes',
    result: 'one factor; both get its backup codes',
    page: /two-factor\/(email-code\/confirm|backup-codes\/new)/,
    async fill(site) {
      const [person, visitor] = [await site.account('Ann'), site.visitor()];
      await visitor.signsIn(person);
      await visitor.goes(`${room}/email-code`);
      await visitor.presses(`${room}/email-code/setup`);
      const code = await newestCode(site, person);
      return { visitor, action: `${room}/email-code/confirm`, fields: { code } };
    },
  },
  {
    name: 'required set-up',
    result: 'one factor; both are signed in and get its backup codes',
    page: /\/(login\/enrol\/totp\/confirm|two-factor\/backup-codes\/new)/,
    async fill(site) {
      const visitor = await pending(site, await site.account('Sam', 'support'));
      const setup = await visitor.presses('/login/enrol/totp/setup');
      const code = scans(site, setup).code();
      return { visitor, action: '/login/enrol/totp/confirm', fields: { code } };
    },
  },
  {
    name: 'security code',
    result: 'one session; both are signed in',
    page: /^\/invoices$/,
    async fill(site) {
      const ann = await owner(site, 'Ann');
      const visitor = await pending(site, ann.person, '/invoices');
      return { visitor, action: '/login/challenge', fields: { code: ann.app.code() } };
    },
  },
  {
    name: 'request for a mailed code',
    result: 'one mail; both get the page for its code',
    page: /^\/login\/challenge/,
    async fill(site) {
      const [person, first] = [await site.account('Ann'), site.visitor()];
      await first.signsIn(person);
      await first.goes(`${room}/email-code`);
      await first.presses(`${room}/email-code/setup`);
      await first.submits({ code: await newestCode(site, person) });
      site.clock.advance(60_000);
      const visitor = await pending(site, person);
      return { visitor, action: '/login/challenge/resend', fields: noFields };
    },
  },
  {
    name: 'confirmation',
    result: 'one confirmation; both get the next page',
    page: /^\/account\/sessions$/,
    async fill(site) {
      const { visitor, person, app } = await owner(site, 'Ann');
      await visitor.goes('/account/confirm?returnTo=/account/sessions');
      const fields = { password: person.password, code: app.code() };
      return { visitor, action: '/account/confirm', fields };
    },
  },
  {
    name: 'new backup codes',
    result: 'one new set; both get it',
    page: /two-factor\/backup-codes/,
    async fill(site) {
      const { visitor } = await confirmed(site, `${room}/backup-codes`);
      return { visitor, action: `${room}/backup-codes`, fields: noFields };
    },
  },
  {
    name: 'turning two-factor off',
    result: 'off once; both get the Security page',
    page: /^\/account\/security\?done=disabled/,
    async fill(site) {
      const { visitor } = await confirmed(site, security);
      return { visitor, action: `${room}/disable`, fields: noFields };
    },
  },
  {
    name: 'removal of a factor',
    result: 'removed once; both get the Security page',
    page: /^\/account\/security\?done=/,
    async fill(site) {
      const { visitor } = await confirmed(site, security);
      return { visitor, action: actionOf(visitor, '/remove'), fields: noFields };
    },
  },
  {
    name: 'new name of a factor',
    result: 'renamed once; both get the Security page',
    page: /^\/account\/security\?done=renamed/,
    async fill(site) {
      const { visitor } = await owner(site, 'Ann');
      await visitor.goes(security);
      return { visitor, action: actionOf(visitor, '/rename'), fields: { label: 'Tablet' } };
    },
  },
];
