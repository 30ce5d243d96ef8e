import { randomBytes } from 'node:crypto';
import { generate } from 'otplib';
import { House } from './core/fixtures/house.fixture.js';
import { Person } from './core/fixtures/person.fixture.js';
import { backupCodes } from './factors/backup-codes/backup-codes.factor.js';
import { totp } from './factors/totp/totp.factor.js';
import { KeyRing } from 'typeorm-unit-of-work/encryption';
import { KeyRingSecretBox } from './storage/encryption/key-ring.secret-box.js';

const step = 30_000;

/** Somebody with an authenticator app and three backup codes, over the rules, real kinds and a real key ring. */
class Owner {
  private constructor(
    readonly person: Person,
    private readonly secret: string,
    readonly codes: readonly string[],
    readonly firstCode: string,
  ) {}

  static async of(house: House): Promise<Owner> {
    const person = new Person(house);
    const kind = house.registry.primary('totp')!;
    const who = { ...(await person.drafter()), reach: 'full' } as const;
    await house.enrolments.begin(who, kind, person.origin);
    const draft = (await house.drafts.current(who, 'totp'))!;
    const secret = String(draft.data['secret']);
    const code = await codeAt(secret, house.clock.now());
    const given = { proof: { code }, label: 'Phone' };
    const outcome = await house.enrolments.confirm(who, kind, given, person.origin);
    if (outcome.status !== 'enabled') throw new Error('The set-up was refused.');
    return new Owner(person, secret, outcome.issued[0]!.codes, code);
  }

  code(steps = 0): Promise<string> {
    return codeAt(this.secret, this.person.house.clock.now() + steps * step);
  }

  async signsInWith(code: string, asked = 'totp') {
    return this.person.answers(await this.person.parks(), code, asked);
  }
}

function codeAt(secret: string, at: number): Promise<string> {
  return generate({ secret, epoch: Math.floor(at / 1000) });
}

describe('with an authenticator app, backup codes and a key ring', () => {
  const box = new KeyRingSecretBox(new KeyRing({ id: 'k1', bytes: randomBytes(32) }));
  const factors = [totp(), backupCodes({ count: 3 })];
  const house = new House({ factors, box });

  it('the code of the set-up cannot sign in or confirm', async () => {
    const ann = await Owner.of(house);
    expect(await ann.signsInWith(ann.firstCode)).toMatchObject({ status: 'refused', reason: 'used' });
    expect(await ann.person.confirms(ann.firstCode)).toMatchObject({ status: 'refused', reason: 'used' });
  });

  it('a code cannot be used twice, whichever way the phone’s clock is off', async () => {
    for (const drift of [-1, 0, 1]) {
      const ann = await Owner.of(house);
      house.clock.advance(3 * step);
      const code = await ann.code(drift);
      expect((await ann.signsInWith(code)).status).toBe('passed');
      for (const later of [0, 1]) {
        house.clock.advance(later * step);
        expect((await ann.signsInWith(code)).status).toBe('refused');
        expect((await ann.person.confirms(code)).status).toBe('refused');
      }
    }
  });

  it('a code two steps off is refused', async () => {
    const ann = await Owner.of(house);
    house.clock.advance(5 * step);
    for (const drift of [-2, 2])
      expect(await ann.signsInWith(await ann.code(drift))).toMatchObject({ reason: 'wrong' });
  });

  it('a backup code gets in once, in any spelling, also typed into the other field', async () => {
    const ann = await Owner.of(house);
    const [code] = ann.codes;
    const sloppy = code!.toLowerCase().replaceAll('-', ' ');
    const left = { field: 'backupCodesLeft', left: 2, of: 3 };
    expect(await ann.signsInWith(sloppy)).toMatchObject({ status: 'passed', kind: 'backup-codes', left });
    expect(await ann.signsInWith(code!)).toMatchObject({ status: 'refused', reason: 'used' });
  });

  it('at the same moment, 20 of one right code let exactly one in', async () => {
    const ann = await Owner.of(house);
    house.clock.advance(3 * step);
    const code = await ann.code();
    const answers = await Promise.all(Array.from({ length: 20 }, () => ann.signsInWith(code)));
    expect(answers.filter(({ status }) => status === 'passed')).toHaveLength(1);
  });

  it('at the same moment, one backup code in two spellings lets exactly one in', async () => {
    const ann = await Owner.of(house);
    const spellings = [ann.codes[0]!, ann.codes[0]!.toLowerCase().replaceAll('-', '')];
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) => ann.signsInWith(spellings[index % 2]!)),
    );
    expect(answers.filter(({ status }) => status === 'passed')).toHaveLength(1);
    expect((await house.overview.of(ann.person.id)).left).toEqual({ backupCodesLeft: 2 });
  });

  it('nothing secret is told, and nothing secret is stored open', async () => {
    const ann = await Owner.of(house);
    const { factors: rows } = await ann.person.standing();
    const open = JSON.stringify([rows, await house.told(ann.person.id)]);
    const bare = ann.codes.map((code) => code.replaceAll('-', ''));
    for (const text of [...ann.codes, ...bare, `"${ann.firstCode}"`]) expect(open).not.toContain(text);
    expect(open).not.toMatch(/[A-Z2-7]{32}/);
  });

  it('a row sealed under a key that is gone denies and alarms', async () => {
    const ann = await Owner.of(house);
    const { factors: rows } = await ann.person.standing();
    const other = new KeyRingSecretBox(new KeyRing({ id: 'k2', bytes: randomBytes(32) }));
    const app = rows.find(({ kind }) => kind === 'totp')!;
    const sealed = other.seal('{}', { purpose: 'factor', accountId: app.accountId, id: app.id });
    await house.stores.factors.update(app, { sealed, lastUsedAt: 0 });
    await expect(ann.signsInWith(await ann.code())).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect(await house.news(ann.person.id)).toContain('alarm');
  });

  it('a set of backup codes tells how many are left of how many, and one that cannot be opened is told as damage', async () => {
    const ann = await Owner.of(house);
    const told = await house.overview.of(ann.person.id);
    expect(told).toMatchObject({ damaged: false, recoveries: [{ kind: 'backup-codes', left: 3, of: 3 }] });
    const { factors: rows } = await ann.person.standing();
    const set = rows.find(({ kind }) => kind === 'backup-codes')!;
    await house.stores.factors.update(set, { sealed: 'k1.nonsense', lastUsedAt: 0 });
    const damaged = await house.overview.of(ann.person.id);
    expect(damaged).toMatchObject({ enabled: true, damaged: true, left: {}, recoveries: [] });
    expect(damaged.factors).toEqual(told.factors);
  });
});
