import { networkOf } from './address.js';
import { TestHost } from '../fixtures/test-host.fixture.js';
import { WRONG_NUMBER } from '../fixtures/kinds.fixture.js';
import { Person } from '../fixtures/person.fixture.js';

const minute = 60_000;

/** A protected person with five failures and the wait behind them, so that the limits of the address apply. */
async function missedFive(testHost: TestHost): Promise<Person> {
  const person = await Person.protectedBy(testHost);
  person.ip = '203.0.113.200';
  for (let i = 0; i < 5; i += 1) await person.signsInWith(WRONG_NUMBER);
  testHost.clock.advance(minute);
  return person;
}

/** Failures of other accounts from one address, at most five each. */
async function missesFrom(testHost: TestHost, ip: string | null, times: number): Promise<void> {
  for (let left = times; left > 0; left -= 5) {
    const stranger = new Person(testHost);
    stranger.ip = ip;
    await stranger.enrolls();
    for (let i = 0; i < Math.min(5, left); i += 1) await stranger.signsInWith(WRONG_NUMBER);
  }
}

describe('failures of an address', () => {
  it('are at most 30 in 5 minutes', async () => {
    const testHost = new TestHost();
    const ann = await missedFive(testHost);
    ann.ip = '192.0.2.7';
    await missesFrom(testHost, ann.ip, 29);
    expect((await ann.signsInWith(WRONG_NUMBER)).status).toBe('refused');
    const until = testHost.clock.now() + 5 * minute;
    expect(await ann.signsInWith(ann.code())).toMatchObject({ status: 'throttled', until });
    testHost.clock.set(until);
    expect((await ann.signsInWith(ann.code())).status).toBe('passed');
  });

  it('are at most 200 in an hour', async () => {
    const testHost = new TestHost();
    const ann = await missedFive(testHost);
    ann.ip = '192.0.2.7';
    const until = testHost.clock.now() + 60 * minute;
    for (let i = 0; i < 8; i += 1) {
      await missesFrom(testHost, ann.ip, 25);
      testHost.clock.advance(5 * minute);
    }
    expect(await ann.signsInWith(ann.code())).toMatchObject({ status: 'throttled', until });
    testHost.clock.set(until);
    expect((await ann.signsInWith(ann.code())).status).toBe('passed');
  });

  it('wait for the longer one of two full windows', async () => {
    const testHost = new TestHost();
    const ann = await missedFive(testHost);
    ann.ip = '192.0.2.7';
    const until = testHost.clock.now() + 60 * minute;
    for (let i = 0; i < 7; i += 1) {
      await missesFrom(testHost, ann.ip, 25);
      testHost.clock.advance(5 * minute);
    }
    await missesFrom(testHost, ann.ip, 30);
    expect(await ann.signsInWith(ann.code())).toMatchObject({ status: 'throttled', until });
  });

  it('never affect the first five of an account', async () => {
    const testHost = new TestHost();
    const ann = await Person.protectedBy(testHost);
    ann.ip = '192.0.2.7';
    await missesFrom(testHost, ann.ip, 40);
    for (let i = 0; i < 4; i += 1) expect((await ann.signsInWith(WRONG_NUMBER)).status).toBe('refused');
    expect((await ann.signsInWith(ann.code())).status).toBe('passed');
  });

  it('do not count right or used answers', async () => {
    const testHost = new TestHost();
    const ann = await missedFive(testHost);
    ann.ip = '192.0.2.7';
    await missesFrom(testHost, ann.ip, 29);
    const bob = await Person.protectedBy(testHost);
    bob.ip = ann.ip;
    for (let i = 0; i < 3; i += 1) await bob.signsInWith(bob.code());
    expect((await ann.signsInWith(ann.code())).status).toBe('passed');
  });

  it('block that address and not its neighbour', async () => {
    const testHost = new TestHost();
    const ann = await missedFive(testHost);
    ann.ip = '192.0.2.8';
    await missesFrom(testHost, '192.0.2.7', 40);
    expect((await ann.signsInWith(ann.code())).status).toBe('passed');
  });

  it('have no limit where the address is unknown', async () => {
    const testHost = new TestHost();
    const ann = await missedFive(testHost);
    await missesFrom(testHost, null, 40);
    ann.ip = null;
    expect((await ann.signsInWith(ann.code())).status).toBe('passed');
    expect(await testHost.stores.attempts.read(['address::5', 'address:null:5'])).toEqual([]);
  });

  it('are counted together over an IPv6 /64', async () => {
    const testHost = new TestHost();
    const ann = await missedFive(testHost);
    await missesFrom(testHost, '2001:db8:0:1:aaaa::1', 15);
    await missesFrom(testHost, '2001:DB8:0:1::2', 15);
    ann.ip = '2001:db8:0:1:ffff:ffff:ffff:ffff';
    expect((await ann.signsInWith(ann.code())).status).toBe('throttled');
    ann.ip = '2001:db8:0:2::1';
    expect((await ann.signsInWith(ann.code())).status).toBe('passed');
  });
});

describe('the network that counts as one address', () => {
  it.each([
    ['192.0.2.1', '192.0.2.1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['::FFFF:192.0.2.1', '192.0.2.1'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['2001:0db8:0000:0000:1:2:3:4', '2001:db8:0:0::/64'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['1:2:3::', '1:2:3:0::/64'],
    ['no address', 'no address'],
    ['::ffff:192.0.2.1%eth0', '192.0.2.1'],
    ['64:ff9b::ffff:192.0.2.1', '64:ff9b:0:0::/64'],
    ['::ffff:192.0.2.1.5', '::ffff:192.0.2.1.5'],
  ])('%s is %s', (ip, network) => {
    expect(networkOf(ip)).toBe(network);
  });
});
