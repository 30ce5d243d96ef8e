import fc from 'fast-check';
import type { FactorRecord, FactorTools } from '../../core/contracts/factor.js';
import { codeOf, newCode, shown } from './email-code.data.js';
import { emailCode } from './email-code.factor.js';

const behaviour = emailCode({ passwordReset: 'never-by-mail' }).create({} as FactorTools);
const code = fc.integer({ min: 0, max: 99_999_999 }).map((number) => String(number).padStart(8, '0'));

function recordOf(used: string): FactorRecord {
  return { id: 'f', kind: 'email-code', label: 'Mail', data: { used }, createdAt: 0, lastUsedAt: null };
}

describe('random mailed codes', () => {
  it('are read as they are shown', () => {
    fc.assert(fc.property(code, (each) => codeOf(shown(each)) === each && codeOf(each) === each));
  });

  it('are right where code and challenge are the same, unless used before', async () => {
    const near = fc.tuple(code, code, code, fc.boolean(), fc.boolean());
    await fc.assert(
      fc.asyncProperty(near, async ([sent, other, last, isRight, isUsed]) => {
        const typed = isRight ? sent : other;
        const used = isUsed ? typed : last;
        const verdict = await behaviour.verify(recordOf(used), { code: typed }, { code: sent });
        const expected = typed !== used && typed === sent;
        expect(verdict.ok).toBe(expected);
        if (!verdict.ok) expect(verdict.reason).toBe(typed === used ? 'used' : 'wrong');
      }),
    );
  });

  it('are never accepted for text without eight digits', async () => {
    await fc.assert(
      fc.asyncProperty(fc.anything(), async (typed) => {
        fc.pre(typeof typed !== 'string' || !/^\d{8}$/.test(typed.normalize('NFKC').replace(/\D/g, '')));
        const verdict = await behaviour.verify(
          recordOf('00000000'),
          { code: typed as string },
          { code: '12345678' },
        );
        expect(verdict).toEqual({ ok: false, reason: 'malformed' });
      }),
    );
  });

  it('have every digit in every position, and differ from the last used one', () => {
    const many = Array.from({ length: 2_000 }, () => newCode());
    for (let place = 0; place < 8; place += 1)
      expect(new Set(many.map((each) => each.charAt(place))).size).toBe(10);
    expect(new Set(many).size).toBeGreaterThan(1_990);
    expect(newCode('12345678')).toMatch(/^\d{8}$/);
  });
});
