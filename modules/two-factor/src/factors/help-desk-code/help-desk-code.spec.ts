import { DamagedFactor } from '../../core/common/errors.js';
import { FactorRegistry } from '../../core/accounts/factor-registry.js';
import type { FactorData } from '../../core/contracts/factor.js';
import { FixedClock } from '../../testing/fixed-clock.js';
import { someMail } from '../../core/fixtures/ports.fixture.js';
import { codeOf, newCode, shown } from './code-text.js';
import { helpDeskCode } from './help-desk-code.factor.js';

const code = '12345678901234567890';
const account = { id: '42', label: 'Ann', email: 'ann@example.com', staff: false };

function behaviour() {
  const tools = { clock: new FixedClock(), issuer: 'x', origins: [], strict: false, mail: someMail };
  return new FactorRegistry([helpDeskCode()], () => ['code'], tools).handedOut()!.behaviour;
}

const record = (data: FactorData) => ({
  ...{ id: '', kind: 'help-desk-code', label: '', data, createdAt: 0, lastUsedAt: null },
});

describe('what people type as a code of the help desk', () => {
  it.each([
    ['as it is shown', '1234-5678-9012-3456-7890'],
    ['without dashes', code],
    ['with spaces and a line end', ' 1234 5678 9012 3456 7890\r\n'],
    ['with long dashes', '1234\u20145678\u20139012\u22123456-7890'],
    ['in full-width characters', '１２３４－５６７８－９０１２－３４５６－７８９０'],
  ])('is read %s', (_how, text) => {
    expect(codeOf(text)).toBe(code);
  });

  it.each([
    ['a digit too few', '1234-5678-9012-3456-789'],
    ['a digit too many', '1234-5678-9012-3456-78901'],
    ['a letter', '1234-5678-9012-3456-789O'],
    ['nothing', ''],
    ['no text', 12345],
  ])('is not read with %s', (_what, text) => {
    expect(codeOf(text)).toBeNull();
  });
});

describe('a new code', () => {
  it('is read back from its shown form; a thousand have all digits at all places, and no two are equal', () => {
    const codes = Array.from({ length: 1000 }, newCode);
    for (const each of codes) expect(codeOf(shown(each))).toBe(each);
    expect(new Set(codes).size).toBe(codes.length);
    for (let place = 0; place < 20; place += 1)
      expect(new Set(codes.map((each) => each.charAt(place))).size).toBe(10);
  });

  it('is right for its own data alone, which does not contain it', async () => {
    const [one, two] = [await behaviour().issue(account), await behaviour().issue(account)];
    const [text = ''] = one.codes;
    expect(await behaviour().verify(record(one.data), { code: text })).toEqual({ ok: true });
    expect(await behaviour().verify(record(two.data), { code: text })).toEqual({
      ok: false,
      reason: 'wrong',
    });
    expect(await behaviour().verify(record(one.data), {})).toEqual({ ok: false, reason: 'malformed' });
    expect(JSON.stringify(one.data)).not.toContain(text.replaceAll('-', ''));
  });

  it.each([{}, { hash: 1 }, { hash: '' }, { hash: 'short' }])(
    'whose data is %j is damaged, and never right',
    async (data) => {
      await expect(behaviour().verify(record(data), { code })).rejects.toThrow(DamagedFactor);
    },
  );
});
