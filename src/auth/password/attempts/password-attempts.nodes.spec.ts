import { jest } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { forEachDatabase } from '../../../../test/support/databases/databases.js';
import { type Scratch, scratchDatabase } from '../../../../test/support/databases/scratch-database.js';
import { FixedClock } from '../../../../test/support/portal/fixed-clock.js';
import { passwordCounts } from '../../rate-limits/counted.js';
import { RateLimitStore } from '../../rate-limits/rate-limit.store.js';
import { PasswordAttempts } from './password-attempts.js';
import { PasswordWaits } from './password-waits.js';

const address = '192.0.2.1';
const fail = () => Promise.resolve(null);

forEachDatabase('attempts at a password on several nodes over', (kind) => {
  const clock = new FixedClock();
  let scratch: Scratch;
  let store: RateLimitStore;
  let email: string;
  beforeAll(async () => {
    scratch = await scratchDatabase(kind);
    store = new RateLimitStore(scratch.database, clock);
  });
  afterAll(() => scratch.close());
  beforeEach(() => {
    clock.passesMinutes(24 * 60);
    email = `ann-${randomUUID()}@example.com`;
  });

  const node = () => new PasswordAttempts(store, new PasswordWaits(scratch.database, clock), clock);
  const told = async (answers: readonly Promise<unknown>[]) =>
    (await Promise.allSettled(answers)).map((answer) =>
      answer.status === 'fulfilled' ? answer.value : (answer.reason as { code: string }).code,
    );

  it.each([1, 2, 3])('as many wrong ones as on one are told, of 60 at once on %i', async (count) => {
    const nodes = Array.from({ length: count }, node);
    const answers = await told(
      Array.from({ length: 60 }, (_, i) => nodes[i % count]!.check(email, address, fail)),
    );
    expect(answers.filter((answer) => answer === null)).toHaveLength(5);
    expect(answers.filter((answer) => answer === 'TOO_MANY_ATTEMPTS')).toHaveLength(55);
  });

  it('as many as on one are told from one address over many accounts', async () => {
    const nodes = [node(), node()];
    const answers = await told(
      Array.from({ length: 60 }, (_, i) => nodes[i % 2]!.check(`${i}-${email}`, '192.0.2.2', fail)),
    );
    expect(answers.filter((answer) => answer === null)).toHaveLength(30);
  });

  it('a right one that was begun before, and comes after the fifth wrong one, is refused', async () => {
    const [slow, fast] = [node(), node()];
    let finish: (account: string) => void = () => undefined;
    const right = slow.check(email, address, () => new Promise<string>((done) => (finish = done)));
    for (let time = 0; time < 5; time++) await fast.check(email, address, fail);
    finish('ann');
    await expect(right).rejects.toMatchObject({ code: 'TOO_MANY_ATTEMPTS' });
  });

  it('the first failure counts for its whole window, while the clock runs and the nodes differ', async () => {
    const running = new (class extends FixedClock {
      override now(): number {
        this.advance(1);
        return super.now();
      }
    })(clock.now());
    const row = passwordCounts(email, address).pair;
    await new RateLimitStore(scratch.database, running).charge(row);
    expect((await store.read(row))?.endsAt).toBeGreaterThan(clock.now() + 5 * 60_000);
    const late = passwordCounts(`late-${email}`, address).pair;
    await new RateLimitStore(scratch.database, new FixedClock(clock.now() + 10_000)).open(late);
    await store.charge(late);
    expect((await store.read(late))?.endsAt).toBe(clock.now() + 5 * 60_000);
  });

  it('a check in a process that was killed holds nothing', async () => {
    void node().check(email, address, () => new Promise<null>(() => undefined));
    for (let time = 0; time < 4; time++) await node().check(email, address, fail);
    expect(await node().check(email, address, () => Promise.resolve('ann'))).toBe('ann');
  });

  it('40 people of one school sign in at once, and 30 of them are checked at the same time', async () => {
    const school = node();
    let inside = 0;
    let open: () => void = () => undefined;
    const full = new Promise<void>((all) => (open = all));
    const look = async () => {
      inside += 1;
      if (inside === 30) open();
      await full;
      return 'in';
    };
    const answers = await told(
      Array.from({ length: 40 }, (_, i) => school.check(`${i}-${email}`, '192.0.2.3', look)),
    );
    expect(answers).toEqual(Array(40).fill('in'));
    expect(await store.read(passwordCounts(email, '192.0.2.3').block)).toMatchObject({ points: 0 });
  });

  it('a check that the database refuses to count is not told', async () => {
    const broken = new RateLimitStore(scratch.database, clock);
    jest.spyOn(broken, 'charge').mockRejectedValue(new Error('away'));
    jest.spyOn(broken, 'settled').mockRejectedValue(new Error('away'));
    const attempts = new PasswordAttempts(broken, new PasswordWaits(scratch.database, clock), clock);
    await expect(attempts.check(email, address, fail)).rejects.toThrow('away');
    await expect(attempts.check(email, address, () => Promise.resolve('ann'))).rejects.toThrow('away');
  });
});
