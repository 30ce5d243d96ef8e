import type { Person } from '../../support/people/accounts.js';
import type { Portal } from '../../support/portal/portal.js';
import { emailLinks, newAddress } from '../../support/people/email-link.js';
import { resetLinks } from '../../support/people/reset-link.js';
import { inChromium, storyTime } from '../support/chromium.js';
import { alice, demoPortal, mia } from '../support/people.js';
import type { Phone } from '../support/phone.js';
import { BrowserUser } from '../support/browser-user.js';
import { signsInWithPhone } from '../support/walks/walk.js';

inChromium((browser) => {
  describe('with JavaScript off, in the rooms', () => {
    let site: Portal;
    const surfers: BrowserUser[] = [];

    beforeAll(async () => {
      site = await demoPortal();
    }, storyTime);
    afterAll(() => site.close());
    afterEach(async () => {
      for (const user of surfers.splice(0)) await user.leaves();
    });

    async function sitsDown(): Promise<BrowserUser> {
      const user = await BrowserUser.sitsDown(browser(), site, { javaScriptEnabled: false });
      surfers.push(user);
      return user;
    }

    async function withPhone(person: Omit<Person, 'id'>): Promise<{ user: BrowserUser; phone: Phone }> {
      const user = await sitsDown();
      return { user, phone: await signsInWithPhone({ user, person }) };
    }

    async function confirms(user: BrowserUser, { password }: Pick<Person, 'password'>, phone: Phone) {
      expect(await user.heading()).toBe('Confirm it’s you');
      await user.writes('Password', password);
      await user.answers('Security code', phone.code(), 'Confirm');
    }

    it(
      'a ticket is opened, found and answered by staff, replied to and closed',
      async () => {
        const ann = await site.account('Ann');
        const customer = await sitsDown();
        await customer.signsIn(ann);
        await customer.clicks('Support');
        await customer.writes('Subject', 'No mail arrives');
        await customer.answers('What can we do for you?', 'Since noon.', 'Open ticket');

        const { user: staff } = await withPhone(mia);
        await staff.clicks('Staff area');
        await staff.clicks('Clients');
        await staff.picks('Role', 'Customer');
        await staff.answers('Name, e-mail, domain, invoice or ticket number', ann.email, 'Find');
        await staff.clicks('Ann');
        expect(await staff.text()).toContain('No mail arrives');
        await staff.clicks('Tickets desk');
        await staff.picks('State', 'Open');
        await staff.clicks('Filter');
        await staff.clicks('No mail arrives');
        await staff.answers('Your answer', 'It does again.', 'Send answer');
        expect(await staff.text()).toContain('Your answer is sent.');

        await customer.clicks('Support');
        await customer.clicks('No mail arrives');
        expect(await customer.text()).toContain('It does again.');
        await customer.answers('Your message', 'Thank you.', 'Send reply');
        expect(await customer.text()).toContain('Your reply is sent.');
        await customer.clicks('Close ticket');
        expect(await customer.text()).toContain('The ticket is closed.');
      },
      storyTime,
    );

    it(
      'an EPP code is shown to who confirmed, and no button is there that would do nothing',
      async () => {
        const { user, phone } = await withPhone(alice);
        await user.clicks('Services');
        await user.clicks('alice-moreau.example');
        await user.clicks('Show EPP code');
        await confirms(user, alice, phone);
        expect(await user.heading()).toBe('alice-moreau.example');
        expect(await user.page.locator('[data-epp-code]').innerText()).toMatch(/^[\w-]{16}$/);
        expect(await user.page.locator('button[data-copy]:visible').count()).toBe(0);
      },
      storyTime,
    );

    it(
      'a profile gets another name and language',
      async () => {
        const ann = await site.account('Ann');
        const user = await sitsDown();
        await user.signsIn(ann);
        await user.chooses(ann, 'Profile');
        await user.writes('Name', 'Anna');
        await user.picks('Language', 'Deutsch');
        await user.clicks('Save');
        expect(await user.heading()).toBe('Profil');
        expect(await user.page.locator('header').innerText()).toContain('Anna');
      },
      storyTime,
    );

    it(
      'an e-mail address is changed by way of the link mailed to the new one',
      async () => {
        const [ann, email] = [await site.account('Ann'), newAddress()];
        const user = await sitsDown();
        await user.signsIn(ann);
        await user.chooses(ann, 'Profile');
        await user.clicks('Change e-mail address');
        await user.answers('Password', ann.password, 'Confirm');
        await user.answers('New e-mail address', email, 'Send link');
        const [link = ''] = await emailLinks(site, email);
        await user.goes(link);
        await user.clicks('Confirm this address');
        expect(await user.text()).toContain('Your e-mail address has been changed');
        await user.chooses(ann, 'Profile');
        expect(await user.text()).toContain(email);
      },
      storyTime,
    );

    it(
      'a forgotten password is replaced by way of the mailed link',
      async () => {
        const ann = await site.account('Ann');
        const user = await sitsDown();
        await user.goes('/login');
        await user.clicks('Forgotten password?');
        await user.answers('E-mail address', ann.email, 'Send link');
        const [link = ''] = await resetLinks(site, ann);
        await user.goes(link);
        await user.answers('New password', 'quite another password', 'Set new password');
        expect(user.path).toBe('/login?done=reset');
        await user.signsIn({ ...ann, password: 'quite another password' });
        expect(await user.heading()).toBe('Welcome, Ann');
      },
      storyTime,
    );
  });
});
