import { IsString } from 'class-validator';
import {
  backupCodes,
  InvalidOptionsError,
  totp,
  TwoFactorModule,
  type TwoFactorOptions,
} from 'nestjs-two-factor';
import { PassportSession } from 'nestjs-two-factor/passport';
import { Accounts } from './host/accounts.js';
import { HostSettings } from './host/host.settings.js';
import { PrefixedApp } from './host/prefixed.app.js';
import { keys } from './host/keys.js';
import { UsersModule } from './host/users.module.js';
import { ForeignHost } from './support/foreign-host.js';

/** A kind that would be given a password. */
class GreedyForm {
  @IsString()
  readonly code: string;

  @IsString()
  readonly password: string;
}

/** A form in TypeScript alone. */
class BareForm {
  readonly code: string;
}

const possible: TwoFactorOptions = { issuer: 'Example Hosting', keys };

const installed = (options: TwoFactorOptions) => () =>
  TwoFactorModule.forRoot({
    ...options,
    accounts: Accounts,
    session: PassportSession,
    imports: [UsersModule],
  });

/** Boots the host that reads its options at the start. */
const startsWith = (settings: object) =>
  ForeignHost.start({
    app: PrefixedApp,
    override: (builder) =>
      builder.overrideProvider(HostSettings).useValue(Object.assign(new HostSettings(), settings)),
  });

it.each<[Partial<TwoFactorOptions>, RegExp]>([
  [{ issuer: ' ' }, /issuer is empty/],
  [{ issuer: 'Example: Hosting' }, /colon/],
  [{ factors: [] }, /users could not turn two-factor on/],
  [
    { factors: [{ ...totp(), form: GreedyForm }, backupCodes()] },
    /form of a kind must have the fields code, resp/,
  ],
  [
    { factors: [{ ...totp(), form: BareForm }, backupCodes()] },
    /form of a kind must have the fields code, resp/,
  ],
  [
    { factors: [{ ...totp(), setUpForm: GreedyForm }, backupCodes()] },
    /set-up form of a kind must have fields of its own/,
  ],
  [
    { factors: [{ ...totp(), setUpForm: BareForm }, backupCodes()] },
    /set-up form of a kind must have fields of its own/,
  ],
  [{ origins: ['https://portal.example/path'] }, /without a path/],
])('%j cannot be, and a sentence says why', (impossible, sentence) => {
  expect(installed(possible)).not.toThrow();
  expect(installed({ ...possible, ...impossible })).toThrow(InvalidOptionsError);
  expect(installed({ ...possible, ...impossible })).toThrow(sentence);
});

it('options that are read at the start stop it', async () => {
  await expect(startsWith({ issuer: 'Example: Hosting' })).rejects.toThrow(/colon/);
});

it.each(['', 'no key', '1:c2hvcnQ=', `1:${Buffer.alloc(32).toString('base64')}`])(
  'keys that read %j stop it',
  async (unfit) => {
    await expect(startsWith({ keys: unfit })).rejects.toThrow(/TWO_FACTOR_KEYS|key/i);
  },
);
