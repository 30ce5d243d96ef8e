import type { Person } from '../support/people/accounts.js';
import type { Portal } from '../support/portal/portal.js';
import { emailLinks, newAddress } from '../support/people/email-link.js';
import { resetLinks } from '../support/people/reset-link.js';
import { inChromium, storyTime } from './support/chromium.js';
import { alice, demoPortal, mia } from './support/people.js';
import type { Phone } from './support/phone.js';
import { Surfer } from './support/surfer.js';
import { signsInWithPhone } from './support/walk.js';

inChromium((browser) => {
  describe('with JavaScript off, in the rooms', () => {
    let site: Portal;
    const surfers: Surfer[] = [];

    beforeAll(async () => {
      site = await demoPortal();
    }, storyTime);
    afterAll(() => site.close());
    afterEach(async () => {
      for (const surfer of surfers.splice(0)) await surfer.leaves();
    });

    async function sitsDown(): Promise<Surfer> {
      const surfer = await Surfer.sitsDown(browser(), site, { javaScriptEnabled: false });
      surfers.push(surfer);
      return surfer;
    }

    async function withPhone(person: Omit<Person, 'id'>): Promise<{ surfer: Surfer; phone: Phone }> {
      const surfer = await sitsDown();
      return { surfer, phone: await signsInWithPhone({ surfer, person }) };
    }

    async function confirms(surfer: Surfer, { password }: Pick<Person, 'password'>, phone: Phone) {
      expect(await surfer.heading()).toBe('Confirm it’s you');
      await surfer.writes('Password', password);
      await surfer.answers('Security code', phone.code(), 'Confirm');
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

        const { surfer: staff, phone } = await withPhone(mia);
        await staff.clicks('Staff area');
        await staff.clicks('Clients');
        await staff.picks('Role', 'Customer');
        await staff.answers('Name or e-mail address', ann.email, 'Find');
        await staff.clicks('Ann');
        expect(await staff.text()).toContain('No mail arrives');
        await staff.clicks('Tickets desk');
        await staff.picks('State', 'Open');
        await staff.clicks('Filter');
        await staff.clicks('No mail arrives');
        await staff.clicks('Confirm it’s you');
        await confirms(staff, mia, phone);
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
        const { surfer, phone } = await withPhone(alice);
        await surfer.clicks('Services');
        await surfer.clicks('alice-moreau.example');
        await surfer.clicks('Show EPP code');
        await confirms(surfer, alice, phone);
        expect(await surfer.heading()).toBe('alice-moreau.example');
        await surfer.clicks('Show EPP code');
        expect(await surfer.page.locator('[data-epp-code]').innerText()).toMatch(/^[\w-]{16}$/);
        expect(await surfer.page.locator('button[data-copy]:visible').count()).toBe(0);
      },
      storyTime,
    );

    it(
      'a profile gets another name and language',
      async () => {
        const ann = await site.account('Ann');
        const surfer = await sitsDown();
        await surfer.signsIn(ann);
        await surfer.chooses(ann, 'Profile');
        await surfer.writes('Name', 'Anna');
        await surfer.picks('Language', 'Deutsch');
        await surfer.clicks('Save');
        expect(await surfer.heading()).toBe('Profil');
        expect(await surfer.page.locator('header').innerText()).toContain('Anna');
      },
      storyTime,
    );

    it(
      'an e-mail address is changed by way of the link mailed to the new one',
      async () => {
        const [ann, email] = [await site.account('Ann'), newAddress()];
        const surfer = await sitsDown();
        await surfer.signsIn(ann);
        await surfer.chooses(ann, 'Profile');
        await surfer.clicks('Change e-mail address');
        await surfer.answers('Password', ann.password, 'Confirm');
        await surfer.answers('New e-mail address', email, 'Send link');
        const [link = ''] = await emailLinks(site, email);
        await surfer.goes(link);
        await surfer.clicks('Confirm this address');
        expect(await surfer.text()).toContain('Your e-mail address has been changed');
        await surfer.chooses(ann, 'Profile');
        expect(await surfer.text()).toContain(email);
      },
      storyTime,
    );

    it(
      'a forgotten password is replaced by way of the mailed link',
      async () => {
        const ann = await site.account('Ann');
        const surfer = await sitsDown();
        await surfer.goes('/login');
        await surfer.clicks('Forgotten password?');
        await surfer.answers('E-mail address', ann.email, 'Send link');
        const [link = ''] = await resetLinks(site, ann);
        await surfer.goes(link);
        await surfer.answers('New password', 'quite another password', 'Set new password');
        expect(surfer.path).toBe('/login?done=reset');
        await surfer.signsIn({ ...ann, password: 'quite another password' });
        expect(await surfer.heading()).toBe('Welcome, Ann');
      },
      storyTime,
    );
  });
});
