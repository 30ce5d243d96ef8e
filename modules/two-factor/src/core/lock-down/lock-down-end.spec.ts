import { TestHost } from '../fixtures/test-host.fixture.js';
import { Person } from '../fixtures/person.fixture.js';

const visitor = {
  actor: { type: 'system', id: 'visitor' },
  ip: '203.0.113.9',
  userAgent: null,
  requestId: null,
} as const;

describe('a lock-down', () => {
  const testHost = new TestHost({ stopLinks: true });

  async function lockedDown(): Promise<Person> {
    const ann = new Person(testHost);
    await ann.enrolls();
    await testHost.outboxRelay.settled();
    const link = String(testHost.letterbox.last(ann.account)?.model['stop']);
    await testHost.ownerStops.stop(link.slice(link.lastIndexOf('/') + 1), visitor);
    return ann;
  }
  const isLocked = async ({ id }: Person) => (await testHost.statusReader.read(id)).lockDown !== null;

  it('lets nobody set a factor up, until the password was set anew by a mailed link', async () => {
    const ann = await lockedDown();
    const frozen = { code: 'COOLING_DOWN', extra: { reason: 'frozen', until: null } };
    await expect(ann.enrolls()).rejects.toMatchObject(frozen);
    await testHost.admin.passwordChanged(ann.id);
    await expect(ann.enrolls()).rejects.toMatchObject(frozen);
    expect(await testHost.statusReader.read(ann.id)).toMatchObject({
      frozen: true,
      brake: { cause: 'lock-down' },
    });
    await testHost.lockDownEnd.byPassword(ann.id);
    expect((await ann.enrolls()).status).toBe('enabled');
  });

  it('ends with a new password by a link to the same mailbox', async () => {
    const ann = await lockedDown();
    expect(await isLocked(ann)).toBe(true);
    await testHost.lockDownEnd.byPassword(ann.id);
    expect(await isLocked(ann)).toBe(false);
    expect((await testHost.eventsOf(ann.id)).at(-1)).toMatchObject({
      name: 'account.released',
      data: { reason: 'password' },
    });
  });

  it('stays where the address is another one by now: it may be the thief’s', async () => {
    const ann = await lockedDown();
    testHost.directory.accounts.set(ann.id, { ...ann.account, email: 'thief@example.com' });
    await testHost.lockDownEnd.byPassword(ann.id);
    expect(await isLocked(ann)).toBe(true);
  });

  it('does not end by a password that was set before it', async () => {
    const ann = await lockedDown();
    await testHost.lockDownEnd.byPassword(ann.id, testHost.clock.now() - 120_000);
    expect(await isLocked(ann)).toBe(true);
  });

  it('is ended by staff with a reason, once, and the owner gets a mail', async () => {
    const ann = await lockedDown();
    const cli = { type: 'cli', id: 'operator' } as const;
    await expect(testHost.lockDownEnd.byStaff(ann.id, ' ', cli)).rejects.toMatchObject({
      code: 'INVALID_INPUT',
    });
    const both = [1, 2].map(() => testHost.lockDownEnd.byStaff(ann.id, 'called back', cli));
    expect((await Promise.all(both)).sort()).toEqual([false, true]);
    expect(await isLocked(ann)).toBe(false);
    await testHost.outboxRelay.settled();
    expect(testHost.letterbox.last(ann.account)).toMatchObject({ template: 'released' });
  });
});
