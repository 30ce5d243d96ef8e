import { Phone } from './phone.fixture.js';
import { totp } from './totp.factor.js';

/** RFC 6238 appendix B at 1 111 111 109 s: 081804, with its leading zero. */
function phone(): Phone {
  const ann = Phone.with('GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ');
  ann.now = 1_111_111_109_000;
  return ann;
}

describe('what people type as a security code', () => {
  it.each([
    ['a space in the middle', '081 804'],
    ['spaces around', '  081804\n'],
    ['a dash', '081-804'],
    ['a no-break space', '081\u00A0804'],
    ['a narrow no-break space', '081\u202F804'],
    ['an en dash', '081\u2013804'],
    ['a non-breaking hyphen', '081\u2011804'],
    ['a minus sign', '081\u2212804'],
    ['a zero-width space', '081\u200B804'],
    ['full-width digits', '０８１８０４'],
  ])('is taken with %s', async (_what, text) => {
    expect(totp().matches(text)).toBe(true);
    expect(await phone().sends(text)).toMatchObject({ ok: true });
  });

  it.each([
    ['five digits', '08180'],
    ['a lost leading zero', '81804'],
    ['seven digits', '0818040'],
    ['letters', '08180A'],
    ['Arabic-Indic digits', '٠٨١٨٠٤'],
    ['Devanagari digits', '०८१८०४'],
    ['a sign', '+81804'],
    ['a point', '081.804'],
    ['a dot above', '08180\u0307'],
    ['nothing', ''],
    ['dashes alone', '------'],
    ['a page of spaces', `${' '.repeat(100)}081804`],
  ])('is malformed with %s', async (_what, text) => {
    expect(totp().matches(text)).toBe(false);
    expect(await phone().sends(text)).toEqual({ ok: false, reason: 'malformed' });
  });

  it.each<unknown>([81_804, ['081804'], { code: '081804' }, null, true])(
    'is malformed when it is no text: %j',
    async (code) => {
      expect(await phone().sends(code as string)).toEqual({ ok: false, reason: 'malformed' });
    },
  );
});
