import { inChromium, storyTime } from './support/chromium.js';
import { BrowserUser } from './support/browser-user.js';
import { alice, bob, demoOwner, mia, sam } from './support/people.js';
import { tourOf } from './support/tour.js';
import {
  approvesCase,
  asksForRecovery,
  comesBack,
  confirmsCall,
  startsCallerCheck,
  Stopwatch,
} from './support/walks/walk-desk.js';
import { signsInWithPhone } from './support/walks/walk.js';

/** What a call may cost the agent. */
const most = { callerCheck: { clicks: 4, typed: 3 }, recovery: { clicks: 9, typed: 3 } } as const;

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
  });
});
