import { newAddress, newEmailLink } from '../../people/email-link.js';
import { newLink } from '../../people/reset-link.js';
import { actionOf, confirmed, customer, fresh, noFields, type PostedForm } from './filled-form.js';

/** The forms of the portal for accounts and sessions. */
export const accountForms: readonly PostedForm[] = [
  {
    name: 'new password',
    result: 'changed once; both get the list of sessions',
    page: /^\/account\/sessions\?done=password-changed/,
    async fill(site) {
      const { visitor } = await confirmed(site, '/account/password');
      return { visitor, action: '/account/password', fields: { newPassword: fresh } };
    },
  },
  {
    name: 'new password by a mailed link',
    result: 'changed once; both get the sign-in page',
    page: /^\/login\?done=reset/,
    async fill(site) {
      const [person, visitor] = [await site.account('Ann'), site.visitor()];
      const action = await newLink(site, person);
      await visitor.goes(action);
      return { visitor, action, fields: { password: fresh } };
    },
  },
  {
    name: 'request for a link',
    result: 'one mail; both get the same page',
    page: /^\/password\/forgot/,
    async fill(site) {
      const [person, visitor] = [await site.account('Ann'), site.visitor()];
      await visitor.goes('/password/forgot');
      return {
        ...{ visitor, action: '/password/forgot' },
        ...{ fields: { email: person.email }, mailTo: person.email },
      };
    },
  },
  {
    name: 'new e-mail address',
    result: 'one mail; both get the same page',
    page: /^\/account\/email/,
    async fill(site) {
      const { visitor } = await confirmed(site, '/account/email');
      const email = newAddress();
      return { visitor, action: '/account/email', fields: { email }, mailTo: email };
    },
  },
  {
    name: 'confirmation of an e-mail address',
    result: 'changed once; both get the same page',
    page: /done=email/,
    async fill(site) {
      const { visitor } = await confirmed(site, '/account/email');
      const action = await newEmailLink(site, visitor, newAddress());
      await visitor.goes(action);
      return { visitor, action, fields: noFields };
    },
  },
  {
    name: 'end of a session',
    result: 'ended once; both get the list',
    page: /^\/account\/sessions\?done=ended/,
    async fill(site) {
      const [person, visitor] = [await site.account('Ann'), site.visitor()];
      await site.visitor().signsIn(person);
      await visitor.signsIn(person);
      await visitor.goes('/account/sessions');
      return { visitor, action: actionOf(visitor, '/end'), fields: noFields };
    },
  },
  {
    name: 'name of the profile',
    result: 'changed once; both get the profile',
    page: /^\/account\/profile/,
    async fill(site) {
      const visitor = await customer(site);
      await visitor.goes('/account/profile');
      return { visitor, action: '/account/profile', fields: { name: 'Anna' } };
    },
  },
  {
    name: 'sign-out',
    result: 'signed out once; both get the sign-in page',
    page: /^\/login\?done=signed-out/,
    async fill(site) {
      return { visitor: await customer(site), action: '/logout', fields: noFields };
    },
  },
  {
    name: 'password of a sign-in',
    result: 'both are signed in',
    page: /^\/$/,
    async fill(site) {
      const [{ email, password }, visitor] = [await site.account('Ann'), site.visitor()];
      await visitor.goes('/login');
      return { visitor, action: '/login', fields: { email, password } };
    },
  },
];
