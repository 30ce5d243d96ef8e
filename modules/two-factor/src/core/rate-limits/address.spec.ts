import fc from 'fast-check';
import { networkOf, normalizeAddress } from './address.js';

const longZone = `fe80::1%${'e'.repeat(200)}`;

describe('an address', () => {
  it.each([
    ['203.0.113.7', '203.0.113.7'],
    ['203.0.113.7:51234', '203.0.113.7'],
    ['203.0.113.7:', '203.0.113.7'],
    ['  203.0.113.7 ', '203.0.113.7'],
    ['\t203.0.113.7:80\t', '203.0.113.7'],
    ['203.0.113.7\n', '203.0.113.7'],
    ['"203.0.113.7:80"', '203.0.113.7'],
    ['2001:db8::7', '2001:db8::7'],
    ['2001:DB8:0:0:0:0:0:7', '2001:db8::7'],
    ['[2001:db8::7]', '2001:db8::7'],
    ['[2001:db8::7]:443', '2001:db8::7'],
    ['[2001:db8::7]:', '2001:db8::7'],
    ['"[2001:DB8::7]:443"', '2001:db8::7'],
    ['[fe80::1%eth0]:443', 'fe80::1'],
    ['fe80::1%eth0', 'fe80::1'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['::FFFF:203.0.113.7', '203.0.113.7'],
    ['::ffff:cb00:7107', '203.0.113.7'],
    ['::ffff:203.0.113.7:51234', '203.0.113.7'],
    ['[::ffff:203.0.113.7]:51234', '203.0.113.7'],
    // Without brackets: the port has five digits, or the ninth group.
    ['2001:db8::7:51234', '2001:db8::7'],
    ['2001:db8:1:2:3:4:5:6:443', '2001:db8:1:2:3:4:5:6'],
  ])('written as %j is %s', (text, address) => {
    expect(normalizeAddress(text)).toBe(address);
  });

  it.each([
    '',
    ' ',
    '""',
    'unknown',
    '_hidden',
    '_hidden:80',
    'unix:',
    'localhost',
    'example.com:80',
    '-',
    '203.0.113',
    '203.0.113.256',
    '203.0.113.7:port',
    '203.0.113.7:123456',
    '203.0.113.7 80',
    '[203.0.113.7]',
    '[2001:db8::7',
    '2001:db8::7]',
    '[2001:db8::7]443',
    '[[::1]]',
    '"203.0.113.7',
    'for=203.0.113.7',
    '203.0.113.7, 203.0.113.8',
    '203.0.113.7/24',
    '010.0.0.1',
    '1',
    '0x7f.1',
    '203.0.113.7\0',
    '::1%',
    longZone,
    '1'.repeat(200),
    ':'.repeat(200),
    '汉',
  ])('is null for %j', (text) => {
    expect(normalizeAddress(text)).toBeNull();
  });

  const port = fc.nat(65_535);

  it('is the same with any port, case, brackets and quotes', () => {
    fc.assert(
      fc.property(fc.ipV4(), fc.ipV6(), port, (four, six, number) => {
        expect(normalizeAddress(`${four}:${number}`)).toBe(four);
        expect(normalizeAddress(`[::ffff:${four}]:${number}`)).toBe(four);
        const bare = normalizeAddress(six);
        for (const text of [`[${six}]`, `[${six}]:${number}`, `"[${six.toUpperCase()}]:${number}"`])
          expect([text, normalizeAddress(text)]).toEqual([text, bare]);
      }),
    );
  });

  it('is null or an address for any text, and does not change when it is read again', () => {
    const written = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 250 }),
      fc.stringMatching(/^["[]?[0-9a-f:.%]{0,40}["\]]?(:\d{0,6})?$/),
    );
    fc.assert(
      fc.property(written, (text) => {
        const address = normalizeAddress(text);
        if (address === null) return;
        expect(address).toMatch(/^[0-9a-f:.]{2,45}$/);
        expect(normalizeAddress(address)).toBe(address);
      }),
      { numRuns: 1000 },
    );
  });

  it('is one network in every spelling, with and without a port', () => {
    fc.assert(
      fc.property(fc.ipV4(), fc.ipV6(), port, (four, six, number) => {
        expect(networkOf(`${four}:${number}`)).toBe(four);
        expect(networkOf(`[${six}]:${number}`)).toBe(networkOf(six));
      }),
    );
  });
});
