import type { Account } from '../../core/common/account.js';
import { DamagedFactor } from '../../core/common/errors.js';
import type { FactorData, FactorRecord, FactorTools } from '../../core/contracts/factor.js';
import { emailCode } from './email-code.factor.js';
import type { EmailCodeOptions } from './email-code.options.js';

const ann: Account = { id: '7', label: 'Ann', email: 'ann@example.com', stamp: '1', staff: false };
const tools = {} as FactorTools;
const card = emailCode({ passwordReset: 'guarded' });
const behaviour = card.create(tools);

function recordOf(data: FactorData): FactorRecord {
  return { id: 'f', kind: 'email-code', label: 'Mail', data, createdAt: 0, lastUsedAt: null };
}

const record = recordOf({ used: '00000000' });
const challengeState = { code: '12345678' };

describe('a mailed code', () => {
  it.each(['12345678', '1234 5678', '1234-5678', '\u00a01234\u20115678', '12345678'])(
    'is right however it was typed or pasted: %j',
    async (code) => {
      expect(await behaviour.verify(record, { code }, challengeState)).toEqual({
        ok: true,
        data: { used: '12345678' },
      });
    },
  );

  it.each(['', '1234567', '123456789', '123456', '1234567a', '+1234567', '1e234567', '١٢٣٤٥٦٧٨', ' '])(
    'has eight digits: %j is malformed',
    async (code) => {
      expect(await behaviour.verify(record, { code }, challengeState)).toEqual({
        ok: false,
        reason: 'malformed',
      });
      expect(await behaviour.finishEnrollment(challengeState, { code })).toEqual({
        ok: false,
        reason: 'malformed',
      });
      expect(card.matches(code)).toBe(false);
    },
  );

  it('for another challenge is wrong, and without a challenge that is said', async () => {
    expect(await behaviour.verify(record, { code: '87654321' }, challengeState)).toEqual({
      ok: false,
      reason: 'wrong',
    });
    const none = { ok: false, reason: 'wrong', hint: { unsent: true } };
    expect(await behaviour.verify(record, { code: '12345678' })).toEqual(none);
  });

  it('cannot be used twice, and the second click is distinguished from a wrong code', async () => {
    const used = recordOf({ used: '12345678' });
    for (const asked of [challengeState, undefined, { code: '87654321' }])
      expect(await behaviour.verify(used, { code: '12345678' }, asked)).toEqual({
        ok: false,
        reason: 'used',
      });
  });

  it('that set the factor up does not sign in', async () => {
    const draft = await behaviour.beginEnrollment(ann, [], {});
    const enrolled = await behaviour.finishEnrollment(draft, { code: String(draft['code']) });
    expect(enrolled).toEqual({ ok: true, data: { used: draft['code'] } });
    const [own, code] = [recordOf({ used: draft['code'] }), String(draft['code'])];
    expect(await behaviour.verify(own, { code }, draft)).toEqual({ ok: false, reason: 'used' });
  });

  it('is in the mail in two groups, and neither on the page nor in its JSON', async () => {
    expect(behaviour.delivery?.message(challengeState)).toEqual({
      template: 'code',
      model: { code: '1234 5678' },
    });
    expect(await behaviour.showDraft(ann, challengeState)).toEqual({ page: {}, json: {} });
    expect(await behaviour.prompt(ann, [record])).toEqual({ show: {} });
  });

  it('is valid for ten minutes and five answers', () => {
    expect(behaviour.delivery).toMatchObject({ ttlMs: 600_000, maxAttempts: 5 });
    expect(card).toMatchObject({ draftTtlMs: 600_000, guessable: true, multiple: false });
  });

  it.each([{}, { code: 12345678 }, { code: '1234' }, { code: null }])(
    'that is damaged is refused: %j',
    async (damaged) => {
      await expect(behaviour.verify(record, { code: '12345678' }, damaged)).rejects.toThrow(DamagedFactor);
      await expect(behaviour.finishEnrollment(damaged, { code: '12345678' })).rejects.toThrow(DamagedFactor);
      expect(() => behaviour.delivery?.message(damaged)).toThrow(DamagedFactor);
    },
  );

  it.each([{}, { used: 7 }, { used: '1234' }, { used: null }])(
    'is neither created nor verified by a damaged factor: %j',
    async (data) => {
      const damaged = recordOf(data);
      expect(() => behaviour.delivery?.make([damaged])).toThrow(DamagedFactor);
      await expect(behaviour.verify(damaged, { code: '12345678' }, challengeState)).rejects.toThrow(
        DamagedFactor,
      );
    },
  );

  it('is recognised in the field of another kind', () => {
    expect(['12345678', '1234 5678'].map((code) => card.matches(code))).toEqual([true, true]);
  });
});

describe('the kind', () => {
  it('is for customers, and not for strict hosts', () => {
    expect(card).toMatchObject({
      kind: 'email-code',
      role: 'primary',
      allowStaff: false,
      allowedInStrict: false,
    });
  });

  it('is refused where a mailed link resets passwords: mail alone would give both factors', () => {
    expect(() => emailCode({ passwordReset: 'by-mail' })).toThrow(/whoever reads the mailbox .* guarded/);
  });

  it.each([{}, { passwordReset: 'maybe' }, { passwordReset: '' }])(
    'is refused without the option about password resets: %j',
    (options) => {
      expect(() => emailCode(options as EmailCodeOptions)).toThrow(RangeError);
      expect(() => emailCode(options as EmailCodeOptions)).toThrow('say how passwords are reset');
    },
  );

  it('is offered where mail cannot give both factors', () => {
    for (const passwordReset of ['never-by-mail', 'guarded'] as const)
      expect(emailCode({ passwordReset }).kind).toBe('email-code');
  });
});
