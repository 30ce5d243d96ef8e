import { TwoFactor } from 'nestjs-two-factor';
import { cancelLink } from '../support/people/cancel-link.js';
import { owner as ownerOf, pending } from '../support/people/owner.js';
import { inChromium, storyTime } from './support/chromium.js';
import { BrowserUser } from './support/browser-user.js';
import { deskPages } from './support/page-views.js';
import { alice, bob, demoOwner, mia, sam } from './support/people.js';
import { tourOf } from './support/tour.js';
import {
  approvesCase,
  asksForRecovery,
  comesBack,
  confirmsCall,
  handsOutCode,
  signsInByCode,
  startsCallerCheck,
  Stopwatch,
  walksThroughCallerPages,
  walksThroughOwnCase,
} from './support/walks/walk-desk.js';
import { signsInWithPhone } from './support/walks/walk.js';

/** What a call may cost the agent. */
const most = { callerCheck: { clicks: 4, typed: 3 }, recovery: { clicks: 8, typed: 3 } } as const;

inChromium((browser) => {
  describe('a call: “I lost my phone”', () => {
    const tour = tourOf(browser);
    const customers: BrowserUser[] = [];
    afterEach(async () => {
      for (const each of customers.splice(0)) await each.leaves();
    });

    /** The customer's own browser. */
    async function customerBrowser(): Promise<BrowserUser> {
      const user = await BrowserUser.sitsDown(browser(), tour.site);
      customers.push(user);
      return user;
    }

    it(
      'is verified both ways: the customer hears three words and sees them, and the agent sees the answer by itself',
      async () => {
        const agent = tour.walker(sam);
        const phone = await signsInWithPhone(agent);
        const owner = await demoOwner(tour.site, alice);
        const customer = await customerBrowser();
        await customer.signsIn(alice);
        await customer.answers('Security code', owner.app.code());
        await agent.user.goes('/staff/clients');
        const watch = new Stopwatch(agent.user);
        await watch.clicksOn(alice.name);
        const words = await startsCallerCheck(watch, { agent, phone }, tour.shown);
        const code = owner.codes[0] ?? '';
        const seen = await confirmsCall(
          { user: customer, person: alice },
          code,
          tour.inspection.of(customer),
        );
        expect(seen).toEqual(words);
        await agent.user.page.getByText('Verified for 10 minutes').waitFor();
        await tour.shown('staff-caller-verified');
        const { clicks, typed, seconds } = watch;
        process.stdout.write(`caller check: ${clicks} clicks, ${typed} fields, ${seconds} s\n`);
        expect({ clicks, typed }).toEqual(most.callerCheck);
        expect([tour.faults, agent.user.complaints, customer.complaints]).toEqual([[], [], []]);
      },
      3 * storyTime,
    );

    it(
      'leads back in without any factor: the case, the checklist, the wait, a new phone',
      async () => {
        const agent = tour.walker(mia);
        const phone = await signsInWithPhone(agent);
        await demoOwner(tour.site, bob);
        const customer = { user: await customerBrowser(), person: bob };
        const shown = tour.inspection.of(customer.user);
        await asksForRecovery(customer, shown);
        await agent.user.goes('/staff');
        const watch = new Stopwatch(agent.user);
        await approvesCase(watch, { agent, phone, email: bob.email }, tour.shown);
        const { clicks, typed, seconds } = watch;
        process.stdout.write(`recovery: ${clicks} clicks, ${typed} fields, ${seconds} s\n`);
        expect({ clicks, typed }).toEqual(most.recovery);
        tour.site.clock.advance(72 * 3_600_000);
        await tour.site.sweeps();
        await customer.user.waits(1);
        await comesBack(customer, shown);
        expect([tour.faults, agent.user.complaints, customer.user.complaints]).toEqual([[], [], []]);
      },
      3 * storyTime,
    );

    it(
      'ends with a code for one sign-in: the agent reads it out, and the customer is in',
      async () => {
        const agent = tour.walker(await tour.site.account('Kim', 'support'));
        const phone = await signsInWithPhone(agent);
        const { person } = await ownerOf(tour.site, 'Zoe');
        const code = await handsOutCode({ agent, phone }, person.id, tour.shown);
        const customer = { user: await customerBrowser(), person };
        await signsInByCode(customer, code, tour.inspection.of(customer.user));
        expect([tour.faults, agent.user.complaints, customer.user.complaints]).toEqual([[], [], []]);
      },
      2 * storyTime,
    );

    it(
      'has its other pages fit for everyone',
      async () => {
        const person = await tour.site.account('Ada');
        const owner = await ownerOf(tour.site, person.name, { person });
        const { user, shown } = tour;
        const walker = tour.walker(person);
        await user.signsIn(person);
        await user.answers('Security code', owner.app.code());
        const { callerCheck } = tour.site.app.get(TwoFactor, { strict: false });
        const accountId = owner.person.id;
        await walksThroughCallerPages(
          walker,
          () => callerCheck.start({ accountId, agent: { id: 'sam', name: 'Sam Okafor' } }),
          shown,
        );
        await user.goes('/account/check-up');
        await shown('check-up');
        await user.answers('Security code', '000000', 'Try it');
        await shown('check-up-refused');
        await (await pending(tour.site, owner.person)).asks('POST', '/login/recovery', {});
        await walksThroughOwnCase(walker, await cancelLink(tour.site, owner.person), shown);
        const bare = await customerBrowser();
        await bare.signsIn(await tour.site.account('Eve'));
        await bare.goes('/account/check-up');
        await tour.inspection.of(bare)('check-up-none');
        expect([tour.faults, user.complaints]).toEqual([[], []]);
      },
      3 * storyTime,
    );

    it('are all there are', () => {
      expect(tour.unseen(deskPages())).toEqual([]);
    });
  });
});
