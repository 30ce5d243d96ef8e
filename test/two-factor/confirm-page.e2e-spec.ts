import { ConsoleLogger } from '@nestjs/common';
import { confirms, owner, type Owner } from '../support/people/owner.js';
import { portal, type Portal } from '../support/portal/portal.js';

/** The errors in the log. */
class LogBook extends ConsoleLogger {
  readonly errors: string[] = [];

  override error(message: unknown): void {
    this.errors.push(String(message));
  }

  override warn(): void {}
  override log(): void {}
}

const room = '/account/security/two-factor';
const tooMany = 'Too many attempts. Wait 5 min, then try again.';

describe('“Confirm it’s you”', () => {
  const log = new LogBook();
  let house: Portal;
  beforeAll(async () => {
    house = await portal({ logger: log });
  });
  afterAll(() => house.close());

  /** At the page, before new backup codes are made. */
  async function asked(): Promise<Owner> {
    const ann = await owner(house, 'Ann');
    await ann.visitor.presses(`${room}/backup-codes/saved`);
    house.clock.passesMinutes(6);
    await ann.visitor.goes(`${room}/backup-codes`);
    await confirms(ann, ann.visitor);
    house.clock.passesMinutes(6);
    await ann.visitor.presses(`${room}/backup-codes`);
    expect(ann.visitor.page.title).toBe('Confirm it’s you');
    return ann;
  }

  it('writes no error to the log, for people and programs, right or wrong', async () => {
    const ann = await asked();
    const { visitor, person, app } = ann;
    const [right, wrong] = [person.password, 'not this one'];
    const codes = () => visitor.submits({ password: right, code: app.code() });
    expect((await visitor.submits({ password: wrong, code: app.code() })).status).toBe(401);
    expect((await visitor.submits({ password: right, code: app.code(500) })).status).toBe(401);
    expect((await visitor.submits({ code: app.code() })).address).toBe(`${room}/backup-codes/new`);
    house.clock.advance(30_000);
    await visitor.goes('/account/confirm?returnTo=/invoices');
    expect((await codes()).address).toBe('/invoices');
    await visitor.goes('/account/confirm?act=none');
    house.clock.advance(30_000);
    for (const [password, code, status] of [
      [wrong, app.code(), 401],
      [right, app.code(500), 401],
      [right, 'x', 400],
      [right, app.code(), 200],
    ] as const)
      expect((await visitor.asks('POST', '/account/confirm', { password, code })).status).toBe(status);
    const ended = { password: right, code: app.code(), act: 'codes.renew:gone' };
    expect((await visitor.asks('POST', '/account/confirm', ended)).status).toBe(409);
    await house.settled();
    expect(log.errors).toEqual([]);
  });

  it('tells at the password that there were too many, and promises no other way', async () => {
    const { visitor, app } = await asked();
    const page = async () => visitor.submits({ password: 'not this one', code: app.code() });
    for (let count = 0; count < 5; count += 1) expect((await page()).status).toBe(401);
    const waits = await page();
    expect([waits.status, waits.all('#password-error')]).toEqual([429, [tooMany]]);
    expect(waits.all('[role=alert]')).toEqual([tooMany]);
    expect(waits.html).toMatch(/id="password"[^>]*autofocus[^>]*aria-describedby="password-error"/);
    const program = await visitor.asks('POST', '/account/confirm', { password: 'no', code: app.code() });
    expect(program.body).toMatchObject({ code: 'TOO_MANY_ATTEMPTS', detail: tooMany });
  });
});
