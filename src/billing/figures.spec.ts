import { percentText, sizeText } from './figures.js';

describe('a size', () => {
  it.each([
    [0, '0 MB', '0 MB'],
    [320, '320 MB', '320 MB'],
    [999, '999 MB', '999 MB'],
    [18_400, '18.4 GB', '18,4 GB'],
    [400_000, '400 GB', '400 GB'],
    [4_000_000, '4 TB', '4 TB'],
    [1_250_000, '1.25 TB', '1,25 TB'],
    [2_500_000_000, '2.5 PB', '2,5 PB'],
  ])('of %d MB has no more than three digits, in English and German', (megabytes, en, de) => {
    expect([sizeText(megabytes, 'en'), sizeText(megabytes, 'de')].map(plain)).toEqual([en, de]);
  });

  it('is not rounded up to a thousand of a smaller unit', () => {
    expect([999.5, 999_970].map((megabytes) => sizeText(megabytes, 'en'))).toEqual(['1 GB', '1 TB']);
  });

  it('of more than there is a unit for is still one', () => {
    expect(sizeText(4_000_000_000_000, 'en')).toBe('4,000 PB');
  });
});

test('percents are not written in English for who reads German', () => {
  expect([percentText(5.5, 'en'), percentText(5.5, 'de')].map(plain)).toEqual(['5.5%', '5,5 %']);
});

/** Some languages put a non-breaking space between number and unit. */
function plain(text: string): string {
  return text.replace(/\s/g, ' ');
}
