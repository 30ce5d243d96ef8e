import { someMail } from '../../core/fixtures/ports.fixture.js';
import { scryptSync } from 'node:crypto';

import { DamagedFactor } from '../../core/common/errors.js';
import type { FactorData, FactorRecord, Verdict } from '../../core/contracts/factor.js';

import { backupCodes } from './backup-codes.factor.js';

const used = { ok: false, reason: 'used' };
const wrong = { ok: false, reason: 'wrong' };
const madeAt = Date.UTC(2030, 0, 1);

/** A person's printed set, and the portal's stored data. */
class Paper {
  private readonly kind;
  codes: readonly string[] = [];
  data: FactorData = {};

  private constructor(count: number, hashCost: number) {
    const tools = {
      clock: { now: () => madeAt },
      issuer: 'Example Hosting',
      origins: [],
      strict: false,
      mail: someMail,
      hashCost,
    };
    this.kind = backupCodes({ count }).create(tools);
  }

  static async printed(count = 3, hashCost = 2 ** 10): Promise<Paper> {
    const paper = new Paper(count, hashCost);
    const { codes, data } = await paper.kind.issue({
      id: '7',
      label: 'Ann',
      email: 'a@b.c',
      staff: false,
    });
    paper.codes = codes;
    paper.data = data;
    return paper;
  }

  get first(): string {
    return this.codes[0] ?? '';
  }

  get left() {
    return this.kind.left(this.data);
  }

  /** Sends a code; the data of an accepted one is stored, as the core does. */
  async sends(code: string): Promise<Verdict> {
    const verdict = await this.judges({ code });
    if (verdict.ok) {
      this.data = verdict.data ?? this.data;
    }
    return verdict;
  }

  judges(proof: { code: string }): Promise<Verdict> {
    const card = { id: 'f1', kind: 'backup-codes', label: '', createdAt: 0, lastUsedAt: null };
    return this.kind.verify({ ...card, data: this.data } satisfies FactorRecord, proof);
  }
}

describe('a set of backup codes', () => {
  it('is ten different codes of 80 bits, in four groups of four, unless fewer are asked for', async () => {
    const paper = await Paper.printed(10);
    expect(new Set(paper.codes).size).toBe(10);
    for (const code of paper.codes) {
      expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$/);
    }
    expect(paper.left).toEqual({ left: 10, of: 10 });
  });

  it('is stored as scrypt hashes under one random salt, with r = 8, p = 1 and the cost of its day', async () => {
    const [ann, bob] = [await Paper.printed(1, 2 ** 14), await Paper.printed(1)];
    const salt = Buffer.from(String(ann.data['salt']), 'base64');
    const hash = scryptSync(ann.first.replace(/-/g, ''), salt, 32, { N: 16384, r: 8, p: 1 });
    expect(ann.data).toEqual({
      salt: salt.toString('base64'),
      cost: 2 ** 14,
      hashes: [hash.toString('base64')],
      usedHashes: [],
      of: 1,
      madeAt,
    });
    expect(ann.data['salt']).not.toBe(bob.data['salt']);
    expect(bob.data['cost']).toBe(2 ** 10);
  });

  it('is still right after the cost of new sets was raised', async () => {
    const older = await Paper.printed(1, 2 ** 10);
    const newer = await Paper.printed(1, 2 ** 11);
    newer.data = older.data;
    expect(await newer.sends(older.first)).toMatchObject({ ok: true });
  });

  it('loses the code that was used, and no other', async () => {
    const paper = await Paper.printed();
    expect(await paper.sends(paper.first)).toMatchObject({ ok: true });
    expect(paper.left).toEqual({ left: 2, of: 3 });
    expect(await paper.sends(paper.codes[2] ?? '')).toMatchObject({ ok: true });
    expect(paper.left).toEqual({ left: 1, of: 3 });
  });

  it('does not accept a code twice, in any spelling, and says used', async () => {
    const paper = await Paper.printed();
    expect(await paper.sends(paper.first)).toMatchObject({ ok: true });
    expect(await paper.sends(paper.first)).toEqual(used);
    expect(await paper.sends(paper.first.toLowerCase().replace(/-/g, ' '))).toEqual(used);
    expect(paper.left.left).toBe(2);
  });

  it('still distinguishes used from wrong when none is left', async () => {
    const paper = await Paper.printed(1);
    await paper.sends(paper.first);
    expect(paper.left).toEqual({ left: 0, of: 1 });
    expect(await paper.sends(paper.first)).toEqual(used);
    expect(await paper.sends('0000-0000-0000-0000')).toEqual(wrong);
  });
});

describe('a proof verified again after a lost compare-and-set', () => {
  it('meets the newer record: a code used in between is refused as used', async () => {
    const paper = await Paper.printed();
    const proof = { code: paper.first };
    expect(await paper.judges(proof)).toMatchObject({ ok: true });
    await paper.sends(paper.first);
    expect(await paper.judges(proof)).toEqual(used);
  });

  it('meets a new set with a new hash', async () => {
    const [older, newer] = [await Paper.printed(1), await Paper.printed(1)];
    const proof = { code: older.first };
    expect(await older.judges(proof)).toMatchObject({ ok: true });
    older.data = newer.data;
    expect(await older.judges(proof)).toEqual(wrong);
  });
});

describe('a damaged set', () => {
  it.each<[string, FactorData]>([
    ['a short salt', { salt: 'AAAA' }],
    ['a salt with more behind it', { salt: `${'A'.repeat(22)}==A` }],
    ['a salt with more before it', { salt: `A${'A'.repeat(22)}==` }],
    ['a salt in a list', { salt: [`${'A'.repeat(22)}==`] }],
    ['hashes with more behind them', { hashes: Array(3).fill(`${'A'.repeat(43)}=A`) }],
    ['hashes with more before them', { hashes: Array(3).fill(`A${'A'.repeat(43)}=`) }],
    ['a cut hash', { hashes: ['AAAA'] }],
    ['a hash that is none', { hashes: [1] }],
    ['a lost hash', { hashes: [] }],
    ['another count', { of: 4 }],
    ['no time', { madeAt: 'today' }],
  ])('is reported as damage, not as a wrong code: %s', async (_what, damage) => {
    const paper = await Paper.printed();
    paper.data = { ...paper.data, ...damage };
    await expect(paper.sends(paper.first)).rejects.toThrow(DamagedFactor);
    expect(() => paper.left).toThrow(DamagedFactor);
  });
});

describe('backup codes as a kind', () => {
  it('are one set of an account, for a lost factor, and cannot be guessed', () => {
    expect(backupCodes()).toMatchObject({ role: 'recovery', multiple: false, guessable: false });
  });

  it('match the text of a backup code, and no security code', () => {
    expect(['0000-0000-0000-0000', '123456', ''].map((text) => backupCodes().matches(text))).toEqual([
      true,
      false,
      false,
    ]);
  });

  it('report the number left to programs as backupCodesLeft', () => {
    const tools = { clock: { now: () => 0 }, issuer: '', origins: [], strict: false, mail: someMail };
    expect(backupCodes().create(tools).leftField).toBe('backupCodesLeft');
  });
});

describe('the options', () => {
  it.each([0, 11, 2.5, Number.NaN])('refuse a set of %d codes', (count) => {
    expect(() => backupCodes({ count })).toThrow(RangeError);
  });
});
