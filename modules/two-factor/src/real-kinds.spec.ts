import { randomBytes } from 'node:crypto';
import { generate } from 'otplib';
import { TestHost } from './core/fixtures/test-host.fixture.js';
import { Person } from './core/fixtures/person.fixture.js';
import { backupCodes } from './factors/backup-codes/backup-codes.factor.js';
import { helpDeskCode } from './factors/help-desk-code/help-desk-code.factor.js';
import { totp } from './factors/totp/totp.factor.js';
import { KeyRing } from 'typeorm-unit-of-work/encryption';
import { KeyRingSecretBox } from './storage/encryption/key-ring.secret-box.js';

const step = 30_000;

/** A person with an authenticator app and three backup codes, with the core, real kinds and a real key ring. */
class SignedInOwner {
  private constructor(
    readonly person: Person,
    private readonly secret: string,
    readonly codes: readonly string[],
    readonly firstCode: string,
  ) {}

  static async of(testHost: TestHost): Promise<SignedInOwner> {
    const person = new Person(testHost);
    const kind = testHost.registry.primary('totp')!;
    const who = { ...(await person.drafter()), scope: 'full' } as const;
    await testHost.enrollment.begin(who, kind, person.origin);
    const draft = (await testHost.drafts.find(who, 'totp'))!;
    const secret = String(draft.data['secret']);
    const code = await codeAt(secret, testHost.clock.now());
    const given = { proof: { code }, label: 'Phone' };
    const outcome = await testHost.enrollment.confirm(who, kind, given, person.origin);
    if (outcome.status !== 'enabled') throw new Error('The set-up was refused.');
    return new SignedInOwner(person, secret, outcome.issued[0]!.codes, code);
  }

  code(steps = 0): Promise<string> {
    return codeAt(this.secret, this.person.testHost.clock.now() + steps * step);
  }

  async signsInWith(code: string, asked = 'totp') {
    return this.person.answers(await this.person.startsLogin(), code, asked);
  }
}

function codeAt(secret: string, at: number): Promise<string> {
  return generate({ secret, epoch: Math.floor(at / 1000) });
}

describe('a code of the help desk', () => {
  it('is no answer of another kind, and theirs is none of this', () => {
    for (const { matches } of [totp(), backupCodes()])
      expect(matches('1234-5678-9012-3456-7890')).toBe(false);
    for (const other of ['123456', '01AB-1C0D-EFGH-2345', '12345678'])
      expect(helpDeskCode().matches(other)).toBe(false);
  });
});

describe('with an authenticator app, backup codes and a key ring', () => {
  const box = new KeyRingSecretBox(new KeyRing({ id: 'k1', bytes: randomBytes(32) }));
  const factors = [totp(), backupCodes({ count: 3 })];
  const testHost = new TestHost({ factors, box });

  it('the code of the set-up cannot be used for a sign-in or a step-up', async () => {
    const ann = await SignedInOwner.of(testHost);
    expect(await ann.signsInWith(ann.firstCode)).toMatchObject({ status: 'refused', reason: 'used' });
    expect(await ann.person.confirms(ann.firstCode)).toMatchObject({ status: 'refused', reason: 'used' });
  });

  it('a code cannot be used twice, whether the phone’s clock is slow or fast', async () => {
    for (const drift of [-1, 0, 1]) {
      const ann = await SignedInOwner.of(testHost);
      testHost.clock.advance(3 * step);
      const code = await ann.code(drift);
      expect((await ann.signsInWith(code)).status).toBe('passed');
      for (const later of [0, 1]) {
        testHost.clock.advance(later * step);
        expect((await ann.signsInWith(code)).status).toBe('refused');
        expect((await ann.person.confirms(code)).status).toBe('refused');
      }
    }
  });

  it('a code two steps off is refused', async () => {
    const ann = await SignedInOwner.of(testHost);
    testHost.clock.advance(5 * step);
    for (const drift of [-2, 2])
      expect(await ann.signsInWith(await ann.code(drift))).toMatchObject({ reason: 'wrong' });
  });

  it('a backup code signs in once, in any spelling, also in the other field', async () => {
    const ann = await SignedInOwner.of(testHost);
    const [code] = ann.codes;
    const sloppy = code!.toLowerCase().replaceAll('-', ' ');
    const left = { field: 'backupCodesLeft', left: 2, of: 3 };
    expect(await ann.signsInWith(sloppy)).toMatchObject({ status: 'passed', kind: 'backup-codes', left });
    expect(await ann.signsInWith(code!)).toMatchObject({ status: 'refused', reason: 'used' });
  });

  it('at the same moment, 20 times one right code signs in exactly once', async () => {
    const ann = await SignedInOwner.of(testHost);
    testHost.clock.advance(3 * step);
    const code = await ann.code();
    const answers = await Promise.all(Array.from({ length: 20 }, () => ann.signsInWith(code)));
    expect(answers.filter(({ status }) => status === 'passed')).toHaveLength(1);
  });

  it('at the same moment, one backup code in two spellings signs in exactly once', async () => {
    const ann = await SignedInOwner.of(testHost);
    const spellings = [ann.codes[0]!, ann.codes[0]!.toLowerCase().replaceAll('-', '')];
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) => ann.signsInWith(spellings[index % 2]!)),
    );
    expect(answers.filter(({ status }) => status === 'passed')).toHaveLength(1);
    expect((await testHost.statusReader.read(ann.person.id)).left).toEqual({ backupCodesLeft: 2 });
  });

  it('no event contains a secret, and no secret is stored unencrypted', async () => {
    const ann = await SignedInOwner.of(testHost);
    const { factors: rows } = await ann.person.accountState();
    const open = JSON.stringify([rows, await testHost.eventsOf(ann.person.id)]);
    const bare = ann.codes.map((code) => code.replaceAll('-', ''));
    for (const text of [...ann.codes, ...bare, `"${ann.firstCode}"`]) expect(open).not.toContain(text);
    expect(open).not.toMatch(/[A-Z2-7]{32}/);
  });

  it('a row under a missing key is refused and raises the alarm', async () => {
    const ann = await SignedInOwner.of(testHost);
    const { factors: rows } = await ann.person.accountState();
    const other = new KeyRingSecretBox(new KeyRing({ id: 'k2', bytes: randomBytes(32) }));
    const app = rows.find(({ kind }) => kind === 'totp')!;
    const sealed = other.seal('{}', { purpose: 'factor', accountId: app.accountId, id: app.id });
    await testHost.stores.factors.update(app, { sealed, lastUsedAt: 0 });
    await expect(ann.signsInWith(await ann.code())).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect(await testHost.eventNamesOf(ann.person.id)).toContain('alarm');
  });

  it('a set of backup codes shows the number left and its size, and is reported as damaged when it cannot be opened', async () => {
    const ann = await SignedInOwner.of(testHost);
    const told = await testHost.statusReader.read(ann.person.id);
    expect(told).toMatchObject({ damaged: false, recoveries: [{ kind: 'backup-codes', left: 3, of: 3 }] });
    const { factors: rows } = await ann.person.accountState();
    const set = rows.find(({ kind }) => kind === 'backup-codes')!;
    await testHost.stores.factors.update(set, { sealed: 'k1.nonsense', lastUsedAt: 0 });
    const damaged = await testHost.statusReader.read(ann.person.id);
    expect(damaged).toMatchObject({ enabled: true, damaged: true, left: {}, recoveries: [] });
    expect(damaged.factors).toEqual(told.factors);
  });
});
