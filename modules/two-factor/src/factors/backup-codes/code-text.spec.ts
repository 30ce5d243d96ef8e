import { codeOf, newCode, shown } from './code-text.js';

const code = '01AB1C0DEFGH2345';

describe('what people type as a backup code', () => {
  it.each([
    ['as it is shown', '01AB-1C0D-EFGH-2345'],
    ['in small letters', '01ab-1c0d-efgh-2345'],
    ['without dashes', code],
    ['with spaces and a line end', ' 01AB 1C0D EFGH 2345\r\n'],
    ['with the letter O for zero', 'o1AB-1COD-EFGH-2345'],
    ['with the letters I and L for one', '0IAB-lC0D-EFGH-2345'],
    ['with long dashes', '01AB\u20141C0D\u2013EFGH\u22122345'],
    ['in full-width characters', '０１ＡＢ－１Ｃ０Ｄ－ＥＦＧＨ－２３４５'],
  ])('is read %s', (_how, text) => {
    expect(codeOf(text)).toBe(code);
  });

  it.each([
    ['a character too few', '01AB-1C0D-EFGH-234'],
    ['a character too many', '01AB-1C0D-EFGH-23456'],
    ['the letter U', 'U1AB-1C0D-EFGH-2345'],
    ['another sign', '01AB-1C0D-EFGH-234!'],
    ['a Cyrillic А', '01\u0410B-1C0D-EFGH-2345'],
    ['a security code', '123456'],
    ['nothing', ''],
    ['no text', 123],
  ])('is not read with %s', (_what, text) => {
    expect(codeOf(text)).toBeNull();
  });

  it('is read back from its shown form, for a thousand new codes', () => {
    for (let count = 0; count < 1000; count += 1) {
      const fresh = newCode();
      expect(codeOf(shown(fresh))).toBe(fresh);
    }
  });
});
