import { pending, owner, type Owner } from '../support/people/owner.js';
import { portal, type Portal } from '../support/portal/portal.js';
import type { Visitor } from '../support/people/visitor.js';

const hour = 3_600_000;

let site: Portal;
beforeEach(async () => {
  site = await portal();
});
afterEach(() => site.close());

async function answers(ann: Owner, answer: object): Promise<[number, unknown]> {
  const visitor = await pending(site, ann.person);
  const { status, body } = await visitor.asks('POST', '/login/challenge', answer);
  return [status, body['reason']];
}

const isIn = async (visitor: Visitor) => (await visitor.asks('GET', '/invoices')).status === 200;

describe('a server’s clock that is set back', () => {
  it('makes no code good again; a backup code lets the owner in until the time of the last one has passed', async () => {
    const ann = await owner(site, 'Ann');
    const code = ann.app.code();
    expect(await answers(ann, { code })).toEqual([200, undefined]);
    site.clock.advance(-hour);
    expect(await answers(ann, { code: ann.app.code() })).toEqual([401, 'used']);
    expect(await answers(ann, { code })).toEqual([401, 'used']);
    expect(await answers(ann, { kind: 'backup-codes', code: ann.codes[0] })).toEqual([200, undefined]);
    site.clock.advance(hour + 30_000);
    expect(await answers(ann, { code: ann.app.code() })).toEqual([200, undefined]);
  });

  it('brings no ended session back, and no confirmation', async () => {
    const ann = await owner(site, 'Ann');
    const { visitor, person, app } = ann;
    const elsewhere = await pending(site, person);
    await elsewhere.asks('POST', '/login/challenge', { code: app.code() });
    site.clock.passesSeconds(30);
    await visitor.asks('POST', '/account/confirm', {
      password: person.password,
      kind: 'totp',
      code: app.code(),
    });
    await visitor.asks('POST', '/account/sessions/all/end');
    site.clock.advance(-hour);
    expect([await isIn(elsewhere), await isIn(visitor)]).toEqual([false, true]);
    site.clock.advance(hour + 5 * 60_000);
    const { body } = await visitor.asks('POST', '/account/security/two-factor/disable');
    expect(body['code']).toBe('STEP_UP_REQUIRED');
  });
});

describe('a server’s clock that ran ahead and is set right', () => {
  it('has ended what it ended, and takes no code twice', async () => {
    const ann = await owner(site, 'Ann');
    const waiting = await pending(site, ann.person);
    site.clock.advance(25 * hour);
    expect(await isIn(ann.visitor)).toBe(false);
    expect((await waiting.asks('POST', '/login/challenge', { code: ann.app.code() })).status).toBe(401);
    const ahead = ann.app.code();
    expect(await answers(ann, { code: ahead })).toEqual([200, undefined]);
    site.clock.advance(-25 * hour);
    for (const code of [ahead, ann.app.code(), ann.app.code(1)])
      expect(await answers(ann, { code })).not.toEqual([200, undefined]);
    expect(await answers(ann, { kind: 'backup-codes', code: ann.codes[0] })).toEqual([200, undefined]);
  });
});
