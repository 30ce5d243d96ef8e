import { mailHouse, Reader } from './mailed.fixture.js';
import { Person } from './core/fixtures/person.fixture.js';
import { backupCodes } from './factors/backup-codes/backup-codes.factor.js';
import { emailCode } from './factors/email-code/email-code.factor.js';
import { totp } from './factors/totp/totp.factor.js';
import { InvalidOptionsError, settingsOf } from './two-factor.options.js';

const mail = emailCode({ passwordReset: 'never-by-mail' });

/** Changes the person's role to staff, or back to customer. */
function becomes({ person }: Reader, staff: boolean): void {
  person.testHost.directory.accounts.set(person.id, { ...person.account, staff, stamp: `staff ${staff}` });
}

describe('staff', () => {
  const testHost = mailHouse();

  it('cannot set mailed codes up', async () => {
    const sam = new Person(testHost, true);
    const kind = testHost.registry.primary('email-code')!;
    const who = { ...(await sam.drafter()), scope: 'full' } as const;
    await expect(testHost.enrollment.begin(who, kind, sam.origin)).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    expect(testHost.letterbox.mails(sam.account)).toEqual([]);
    expect(testHost.registry.addable(sam.account, []).map(({ definition }) => definition.kind)).toEqual([
      'totp',
    ]);
  });

  it('with earlier mailed codes must use another factor of theirs, and never sign in by the password alone', async () => {
    const ann = await Reader.of(testHost);
    becomes(ann, true);
    const pending = await ann.person.startsLogin();
    expect(pending.state).toBe('challenge');
    await expect(ann.asks(pending)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect((await ann.answers(pending, '12345678')).status).toBe('malformed');
    expect((await ann.person.answers(pending, ann.codes[0]!, 'backup-codes')).status).toBe('passed');
  });

  it('cannot sign in by a code that was mailed to them as customers', async () => {
    const ann = await Reader.of(testHost);
    const pending = await ann.person.startsLogin();
    await ann.asks(pending);
    const code = ann.code();
    becomes(ann, true);
    expect((await ann.answers({ ...pending, account: ann.person.account }, code)).status).toBe('malformed');
    await ann.person.confirms(code).then(({ status }) => expect(status).toBe('malformed'));
  });

  it('with earlier mailed codes are asked for them again as customers', async () => {
    const ann = await Reader.of(testHost);
    becomes(ann, true);
    becomes(ann, false);
    const pending = await ann.person.startsLogin();
    await ann.asks(pending);
    expect((await ann.answers(pending, ann.code())).status).toBe('passed');
  });
});

describe.each([['strict'], ['disabled']])('a host that is %s about mailed codes', (how) => {
  const factors = [mail, totp(), backupCodes({ count: 3 })];
  const now = how === 'strict' ? { strict: true } : { disabled: ['email-code'] };

  it('asks their owners for another factor, offers them to no account, and reports no damage', async () => {
    const before = mailHouse();
    const ann = await Reader.of(before);
    const after = mailHouse({ ...now, stores: before.stores, box: before.box });
    after.directory.accounts.set(ann.person.id, ann.person.account);
    after.directory.passwordCheck.set(ann.person.id, 'a long enough password');
    const { account, origin } = ann.person;
    const accountState = await after.accountStateReader.load(ann.person.id);
    expect(accountState).toMatchObject({ enabled: true, damaged: false });
    expect(after.registry.usable(account, accountState.factors).map(({ kind }) => kind)).toEqual([
      'backup-codes',
    ]);
    expect(after.registry.offered(account).map(({ definition }) => definition.kind)).toEqual(['totp']);
    const request = {};
    expect(await after.loginGate.admit(request, account, origin)).toMatchObject({ outcome: 'challenge' });
    expect(await after.statusReader.reachedBy('mail', account.id)).toBe(true);
  });

  it('needs another primary kind', () => {
    const keys = `k1:${Buffer.alloc(32, 7).toString('base64')}`;
    const only = { ...now, issuer: 'Example', keys, factors: [mail, backupCodes()] };
    expect(() => settingsOf(only)).toThrow(InvalidOptionsError);
    expect(() => settingsOf(only)).toThrow('users could not turn two-factor on');
    expect(() => settingsOf({ ...only, factors })).not.toThrow();
  });
});

describe('a host', () => {
  const keys = 'k1:…';

  it('cannot require two-factor of staff without a kind for staff', () => {
    const options = { issuer: 'Example', keys, factors: [mail, backupCodes()] };
    for (const require of ['staff', 'everyone'] as const)
      expect(() => settingsOf({ ...options, require })).toThrow('no primary factor is offered to them');
    expect(() => settingsOf(options)).not.toThrow();
  });

  it('cannot disable a kind that it does not have', () => {
    expect(() => settingsOf({ issuer: 'Example', keys, disabled: ['email-code'] })).toThrow(
      'A disabled kind is not among the factors.',
    );
  });
});

describe('mail alone', () => {
  it('reaches every account with mailed codes, alone or beside others, and no other account', async () => {
    const testHost = mailHouse();
    const [ann, bob] = [await Reader.of(testHost), new Person(testHost)];
    expect(await testHost.statusReader.reachedBy('mail', ann.person.id)).toBe(true);
    expect(await testHost.statusReader.reachedBy('mail', bob.id)).toBe(false);
    expect(await testHost.statusReader.reachedBy('mail', 'nobody')).toBe(false);
    becomes(ann, true);
    expect(await testHost.statusReader.reachedBy('mail', ann.person.id)).toBe(true);
  });
});
