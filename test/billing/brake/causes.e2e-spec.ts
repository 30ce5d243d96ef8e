import { TwoFactor } from 'nestjs-two-factor';
import { forEachDatabase } from '../../support/databases/databases.js';
import type { Person } from '../../support/people/accounts.js';
import { type DangerousAct, dangerousActs, domainOf } from '../../support/people/dangerous-acts.js';
import { newAddress, newEmailLink } from '../../support/people/email-link.js';
import { getsStarted, owner, type Owner, pending } from '../../support/people/owner.js';
import type { Visitor } from '../../support/people/visitor.js';
import { portal, type Portal } from '../../support/portal/portal.js';

const hour = 3_600_000;
const sam = { type: 'staff', id: 'sam' } as const;

/** The owner after the cause, with the browser that is signed in then. `app` is null where no factor is left. */
interface After {
  readonly person: Person;
  readonly app: Owner['app'] | null;
  readonly visitor: Visitor;
}

/** A change that a thief could have made. */
type Cause = readonly [cause: string, happens: (site: Portal, ann: Owner) => Promise<After>];

async function signsIn(site: Portal, { person, app }: Omit<After, 'visitor'>): Promise<After> {
  site.clock.passesSeconds(30);
  const visitor = await pending(site, person);
  if (app) await visitor.submits({ code: app.code() });
  return { person, app, visitor };
}

/** Does it; a person who is asked to confirm does so, and it is done again. */
async function does(
  site: Portal,
  { person, app, visitor }: After,
  { path, fields }: DangerousAct,
): Promise<number> {
  const { status, body } = await visitor.asks('POST', path, fields);
  if (body['code'] !== 'STEP_UP_REQUIRED') return status;
  site.clock.passesSeconds(30);
  const { act } = body;
  await visitor.asks('POST', '/account/confirm', { act, password: person.password, code: app?.code() ?? '' });
  return (await visitor.asks('POST', path, fields)).status;
}

/** Causes whose flows start the brake by its rule; the row says which one it was. */
const named = (cause: string): Cause => [
  cause,
  async (site, ann) => {
    await site.app.get(TwoFactor, { strict: false }).emailChanged(ann.person.id);
    await site.database.query(
      `UPDATE two_factor_brakes SET cause = '${cause}' WHERE account_id = '${ann.person.id}'`,
    );
    return signsIn(site, ann);
  },
];

const causes: readonly Cause[] = [
  [
    'reset',
    async (site, { person }) => {
      await site.app.get(TwoFactor, { strict: false }).reset(person.id, 'lost phone', sam);
      return signsIn(site, { person, app: null });
    },
  ],
  [
    're-enrollment',
    async (site, { person, codes }) => {
      const visitor = await pending(site, person);
      await visitor.asks('POST', '/login/challenge', { kind: 'backup-codes', code: codes[0] });
      await visitor.goes('/account/security/two-factor/totp');
      const app = await getsStarted(site, visitor);
      await visitor.submits({ code: app.code(), label: 'New phone' });
      return { person, app, visitor };
    },
  ],
  [
    'email-change',
    async (site, { person, app, visitor }) => {
      const email = newAddress();
      await visitor.goes('/account/email');
      await visitor.submits({ password: person.password, code: app.code() });
      const link = await newEmailLink(site, visitor, email);
      await visitor.goes(link);
      await visitor.presses(link);
      return { person: { ...person, email }, app, visitor };
    },
  ],
  named('recovery'),
  named('lock-down'),
];

forEachDatabase('after a change that a thief could have made, on', (database) => {
  let site: Portal;
  beforeAll(async () => {
    site = await portal({ database });
  });
  afterAll(() => site.close());

  describe.each(causes)('%s', (cause, happens) => {
    it('every dangerous action waits for 72 hours, on its page and for programs, and is then possible', async () => {
      const ann = await owner(site, 'Ann');
      const acts = dangerousActs(await domainOf(site, ann.person));
      const after = await happens(site, ann);
      const { visitor } = after;
      await site.settled();
      const { body } = await visitor.asks('GET', '/account/security');
      const { until, startedAt } = body['brake'] as { until: string; startedAt: string };
      expect(body['brake']).toEqual({ cause, until, startedAt });
      expect(Date.parse(until) - Date.parse(startedAt)).toBe(72 * hour);
      for (const { act, path, fields, page } of acts) {
        const answer = await visitor.asks('POST', path, fields);
        const { status, headers } = answer;
        expect([status, headers.get('cache-control')]).toEqual([403, 'no-store']);
        expect(answer.body).toMatchObject({ code: 'COOLING_DOWN', until, act });
        const shown = await visitor.goes(page);
        expect(shown.text).toMatch(/Possible from Jan \d+, 2030, .* UTC \(in 7\d hours\)/);
        expect(shown.all(`form[action="${path}"]`)).toEqual([]);
        expect((await visitor.asks('GET', page)).body['possibleFrom']).toBe(until);
      }
      site.clock.advance(72 * hour);
      const again = await signsIn(site, after);
      for (const act of acts) expect([act.act, await does(site, again, act)]).toEqual([act.act, 200]);
    });
  });
});
