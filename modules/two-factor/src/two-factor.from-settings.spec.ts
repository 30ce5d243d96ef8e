import { jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { queueSqlite } from 'typeorm-unit-of-work';
import { Policy } from './core/login/policy.js';
import { FactorRegistry } from './core/accounts/factor-registry.js';
import type { PrimaryFactor } from './core/contracts/factor.js';
import { TestHost } from './core/fixtures/test-host.fixture.js';
import { Person } from './core/fixtures/person.fixture.js';
import { emailCode } from './factors/email-code/email-code.factor.js';
import { totp } from './factors/totp/totp.factor.js';
import { SilentMailer } from './http/defaults/silent.mailer.js';
import { trustedDevice } from './skips/trusted-device/trusted-device.skip.js';
import { trustedNetwork } from './skips/trusted-network/trusted-network.skip.js';
import { fromSettings, ownStores } from './two-factor.from-settings.js';

function makerOf(what: unknown) {
  const made = fromSettings.find((each) => 'provide' in each && each.provide === what);
  if (!made || !('useFactory' in made)) throw new Error('Nothing makes it.');
  return made;
}

/** The policy that these settings make. */
function policyOf(strict: boolean): Policy {
  const made = makerOf(Policy);
  const skips = [trustedDevice(), trustedNetwork(['192.0.2.0/24'])];
  return made.useFactory({ require: 'none', skips, strict }) as Policy;
}

describe.each([
  [true, null, null],
  [false, 30, 'trusted-network'],
])('with strict %p', (strict, days, skipped) => {
  it('a browser is offered to be trusted, and a trusted network not asked, only where it is off', async () => {
    const testHost = new TestHost();
    const { account, ip } = await Person.protectedBy(testHost);
    const policy = policyOf(strict);
    expect(policy.trustDays(account)).toBe(days);
    const isTrustedDevice = () => Promise.resolve(false);
    expect(await policy.findSkip({ account, ip, isTrustedDevice })).toBe(skipped);
  });
});

describe('codes by mail', () => {
  const { clock, letterbox } = new TestHost();
  const registryWith = (factors: readonly unknown[], mailer: unknown) =>
    makerOf(FactorRegistry).useFactory(
      { factors, passwordless: 'nobody', disabled: [] },
      clock,
      mailer,
    ) as FactorRegistry;

  it('are refused where the host sends no mail: their owners could never sign in', () => {
    const mailed = emailCode({ passwordReset: 'never-by-mail' });
    expect(() => registryWith([mailed], new SilentMailer())).toThrow('there is no mailer: set one');
    expect(registryWith([mailed], letterbox).primary('email-code')).toBeDefined();
    expect(registryWith([totp()], new SilentMailer()).primary('totp')).toBeDefined();
  });
});

describe('a kind that cannot work on this site', () => {
  const { clock, letterbox } = new TestHost();
  const app = totp();
  const unfit: PrimaryFactor = {
    ...app,
    kind: 'unfit',
    create: (tools) => Object.assign(app.create(tools), { fault: 'It needs https.' }),
  };
  const registryWith = (disabled: readonly string[]) =>
    makerOf(FactorRegistry).useFactory(
      { factors: [app, unfit], passwordless: 'nobody', disabled },
      clock,
      letterbox,
    ) as FactorRegistry;

  it('refuses the start with its reason, unless it is disabled', () => {
    expect(() => registryWith([])).toThrow('It needs https.');
    expect(registryWith(['unfit']).primary('unfit')).toBeDefined();
  });
});

describe('a SQLite database', () => {
  const maker = ownStores as { useFactory: (source: DataSource) => unknown };
  const source = () => new DataSource({ type: 'better-sqlite3', database: ':memory:' });

  it('is warned of at the start when it is not queued, and not otherwise', () => {
    const warn = jest.spyOn(Logger.prototype, 'warn').mockReturnValue();
    const queued = source();
    queueSqlite(queued);
    maker.useFactory(queued);
    expect(warn).not.toHaveBeenCalled();
    maker.useFactory(source());
    expect(warn).toHaveBeenCalledTimes(1);
    expect(warn).toHaveBeenCalledWith(expect.stringContaining('Call queueSqlite(dataSource)'));
    warn.mockRestore();
  });
});
