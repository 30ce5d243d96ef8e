import fc from 'fast-check';
import { networkOf } from './address.js';

const group = fc.nat(0xffff);
const groups = fc.array(group, { minLength: 8, maxLength: 8 });
const hex = (parts: readonly number[]) => parts.map((part) => part.toString(16));

/** The same address in capital letters, with leading zeros, with a zone, and with an IPv4 suffix. */
function spellings(parts: readonly number[]): string[] {
  const plain = hex(parts).join(':');
  const padded = hex(parts).map((part) => part.padStart(4, '0'));
  const [seventh = 0, eighth = 0] = parts.slice(6);
  const dotted = [seventh >> 8, seventh & 255, eighth >> 8, eighth & 255].join('.');
  return [
    plain.toUpperCase(),
    padded.join(':'),
    `${plain}%eth0`,
    `${hex(parts.slice(0, 6)).join(':')}:${dotted}`,
    ...shortened(parts, hex(parts)),
    ...shortened(parts, [...hex(parts.slice(0, 6)), dotted]),
  ];
}

/** `::` in the place of each single zero. */
function shortened(parts: readonly number[], written: readonly string[]): string[] {
  const zeros = parts.flatMap((part, place) => (part === 0 && place < 6 ? [place] : []));
  return zeros.map((place) => `${written.slice(0, place).join(':')}::${written.slice(place + 1).join(':')}`);
}

describe('the network that an address counts as', () => {
  it('is the same for every spelling of an IPv6 address', () => {
    const withZeros = fc.array(fc.oneof(fc.constant(0), group), { minLength: 8, maxLength: 8 });
    fc.assert(
      fc.property(withZeros, (parts) => {
        fc.pre(parts.slice(0, 5).some(Boolean));
        const network = `${hex(parts.slice(0, 4)).join(':')}::/64`;
        for (const text of spellings(parts)) expect([text, networkOf(text)]).toEqual([text, network]);
      }),
    );
  });

  it('is shared only by neighbours in a /64', () => {
    fc.assert(
      fc.property(groups, groups, (one, other) => {
        const neighbour = [...one.slice(0, 4), ...other.slice(4)];
        const stranger = one.map((part, place) => (place === 3 ? part ^ 1 : part));
        expect(networkOf(hex(neighbour).join(':'))).toBe(networkOf(hex(one).join(':')));
        expect(networkOf(hex(stranger).join(':'))).not.toBe(networkOf(hex(one).join(':')));
      }),
    );
  });

  it('is the IPv4 address itself, even if it is mapped into IPv6', () => {
    fc.assert(
      fc.property(fc.ipV4(), (address) => {
        expect([networkOf(address), networkOf(`::ffff:${address}`), networkOf(`::FFFF:${address}`)]).toEqual(
          Array(3).fill(address),
        );
      }),
    );
  });

  it('exists for any text, and does not change when it is computed again', () => {
    const text = fc.oneof(fc.ipV6(), fc.string(), fc.stringMatching(/^[0-9a-f:.%]{0,50}$/));
    fc.assert(
      fc.property(text, (given) => {
        expect(typeof networkOf(given)).toBe('string');
        expect(networkOf(given)).toBe(networkOf(given.toUpperCase().toLowerCase()));
      }),
    );
  });
});
