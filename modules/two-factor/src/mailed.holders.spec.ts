import { mailHouse, Reader } from './mailed.fixture.js';
import { Person } from './core/fixtures/person.fixture.js';
import { backupCodes } from './factors/backup-codes/backup-codes.factor.js';
import { emailCode } from './factors/email-code/email-code.factor.js';
import { totp } from './factors/totp/totp.factor.js';
import { ImpossibleOptions, settingsOf } from './two-factor.options.js';

const mail = emailCode({ passwordReset: 'never-by-mail' });

/** Has become staff, or a customer again. */
function becomes({ person }: Reader, staff: boolean): void {
  person.house.directory.accounts.set(person.id, { ...person.account, staff, stamp: `staff ${staff}` });
}

describe('staff', () => {
  const house = mailHouse();

  it('cannot set mailed codes up', async () => {
    const sam = new Person(house, true);
    const kind = house.registry.primary('email-code')!;
    const who = { ...(await sam.drafter()), reach: 'full' } as const;
    await expect(house.enrolments.begin(who, kind, sam.origin)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(house.letterbox.mails(sam.account)).toEqual([]);
    expect(house.registry.addable(sam.account, []).map(({ card }) => card.kind)).toEqual(['totp']);
  });

  it('with mailed codes of earlier are held, to what else they have, and never in by the password alone', async () => {
    const ann = await Reader.of(house);
    becomes(ann, true);
    const held = await ann.person.parks();
    expect(held.state).toBe('challenge');
    await expect(ann.asks(held)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect((await ann.answers(held, '12345678')).status).toBe('malformed');
    expect((await ann.person.answers(held, ann.codes[0]!, 'backup-codes')).status).toBe('passed');
  });

  it('do not get in by a code that was mailed to them as customers', async () => {
    const ann = await Reader.of(house);
    const held = await ann.person.parks();
    await ann.asks(held);
    const code = ann.code();
    becomes(ann, true);
    expect((await ann.answers({ ...held, account: ann.person.account }, code)).status).toBe('malformed');
    await ann.person.confirms(code).then(({ status }) => expect(status).toBe('malformed'));
  });

  it('of earlier are asked for mailed codes again as customers', async () => {
    const ann = await Reader.of(house);
    becomes(ann, true);
    becomes(ann, false);
    const held = await ann.person.parks();
    await ann.asks(held);
    expect((await ann.answers(held, ann.code())).status).toBe('passed');
  });
});

describe.each([['strict'], ['retired']])('a host that is %s about mailed codes', (how) => {
  const factors = [mail, totp(), backupCodes({ count: 3 })];
  const now = how === 'strict' ? { strict: true } : { retired: ['email-code'] };

  it('holds whoever has them to what else they have, offers them to nobody, and calls nothing damaged', async () => {
    const before = mailHouse();
    const ann = await Reader.of(before);
    const after = mailHouse({ ...now, stores: before.stores, box: before.box });
    after.directory.accounts.set(ann.person.id, ann.person.account);
    after.directory.passwords.set(ann.person.id, 'a long enough password');
    const { account, origin } = ann.person;
    const standing = await after.standings.of(ann.person.id);
    expect(standing).toMatchObject({ enabled: true, damaged: false });
    expect(after.registry.usable(account, standing.factors).map(({ kind }) => kind)).toEqual([
      'backup-codes',
    ]);
    expect(after.registry.offered(account).map(({ card }) => card.kind)).toEqual(['totp']);
    const request = {};
    expect(await after.admission.admit(request, account, origin)).toMatchObject({ outcome: 'challenge' });
    expect(await after.overview.reachedBy('mail', account.id)).toBe(true);
  });

  it('needs another primary kind', () => {
    const keys = `k1:${Buffer.alloc(32, 7).toString('base64')}`;
    const only = { issuer: 'Example', keys, ...now, factors: [mail, backupCodes()] };
    expect(() => settingsOf(only)).toThrow(ImpossibleOptions);
    expect(() => settingsOf(only)).toThrow('users could not turn two-factor on');
    expect(() => settingsOf({ ...only, factors })).not.toThrow();
  });
});

describe('a host', () => {
  const keys = 'k1:…';

  it('cannot hold staff to two-factor with nothing that is for them', () => {
    const options = { issuer: 'Example', keys, factors: [mail, backupCodes()] };
    for (const require of ['staff', 'everyone'] as const)
      expect(() => settingsOf({ ...options, require })).toThrow('no primary factor is offered to them');
    expect(() => settingsOf(options)).not.toThrow();
  });

  it('cannot retire a kind that it has not', () => {
    expect(() => settingsOf({ issuer: 'Example', keys, retired: ['email-code'] })).toThrow(
      'A retired kind is not among the factors.',
    );
  });
});

describe('mail alone', () => {
  it('reaches whoever has mailed codes, alone or beside others, and nobody else', async () => {
    const house = mailHouse();
    const [ann, bob] = [await Reader.of(house), new Person(house)];
    expect(await house.overview.reachedBy('mail', ann.person.id)).toBe(true);
    expect(await house.overview.reachedBy('mail', bob.id)).toBe(false);
    expect(await house.overview.reachedBy('mail', 'nobody')).toBe(false);
    becomes(ann, true);
    expect(await house.overview.reachedBy('mail', ann.person.id)).toBe(true);
  });
});
