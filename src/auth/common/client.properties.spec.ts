import type { Request } from 'express';
import fc from 'fast-check';
import { requestOrigin } from '../../events/origin.js';
import { addressBlock, clientAddress, clientOf } from './client.js';

const groups = fc.array(fc.oneof(fc.constant(0), fc.nat(0xffff)), { minLength: 8, maxLength: 8 });
const hex = (parts: readonly number[]) => parts.map((part) => part.toString(16));

/** A header value as Node returns it: one character for each byte. */
const header = fc.string({ unit: fc.nat(255).map((byte) => String.fromCharCode(byte)), maxLength: 600 });

function from(ip: string | undefined, agent?: string): Request {
  return { ip, id: 'r1', get: () => agent } as unknown as Request;
}

describe('the client’s address', () => {
  it('is the one that was sent, IPv4 in its own form', () => {
    fc.assert(
      fc.property(fc.ipV4(), fc.ipV6(), (four, six) => {
        expect([clientAddress(from(four)), clientAddress(from(`::ffff:${four}`))]).toEqual([four, four]);
        expect(clientAddress(from(six))).toMatch(/^[0-9a-f:.]+$/);
      }),
    );
  });

  it('is the same, and its limits are, from whatever port of it', () => {
    const ports = fc.nat(65_535);
    fc.assert(
      fc.property(fc.ipV4(), fc.ipV6(), ports, (four, six, port) => {
        for (const [bare, withPort] of [
          [four, `${four}:${port}`],
          [six, `[${six}]:${port}`],
        ] as const) {
          const [one, other] = [clientAddress(from(bare)), clientAddress(from(withPort))];
          expect([other, addressBlock(other)]).toEqual([one, addressBlock(one)]);
        }
      }),
    );
  });

  it('is an address or unknown, whatever a proxy says, and the same when it is read again', () => {
    const said = fc.oneof(fc.string(), fc.stringMatching(/^[0-9a-f:.%]{0,40}$/), fc.constant(undefined));
    fc.assert(
      fc.property(said, (ip) => {
        const address = clientAddress(from(ip));
        expect(address).toMatch(/^([0-9a-f:.]+(%[\w.:-]+)?|unknown)$/i);
        expect(clientAddress(from(address))).toBe(address);
        expect(addressBlock(address)).toMatch(/^([0-9a-f:.]+(::\/64)?|unknown)$/i);
      }),
      { numRuns: 500 },
    );
  });

  it('counts as one /64, however it is written', () => {
    fc.assert(
      fc.property(groups, fc.nat(5), (parts, place) => {
        const withZero = parts.map((part, at) => (at === place ? 0 : part));
        const [seventh = 0, eighth = 0] = withZero.slice(6);
        const dotted = [seventh >> 8, seventh & 255, eighth >> 8, eighth & 255].join('.');
        const written = [...hex(withZero.slice(0, 6)), dotted];
        const short = `${written.slice(0, place).join(':')}::${written.slice(place + 1).join(':')}`;
        const block = `${hex(withZero.slice(0, 4)).join(':')}::/64`;
        expect([short, addressBlock(short)]).toEqual([short, block]);
        expect(addressBlock(hex(withZero).join(':').toUpperCase())).toBe(block);
      }),
    );
  });
});

describe('what a browser says of itself', () => {
  it('is kept short and without control characters, in lists and in events', () => {
    fc.assert(
      fc.property(header, (agent) => {
        const { agent: listed } = clientOf(from('::1', agent));
        const { userAgent: told } = requestOrigin(from('::1', agent));
        expect([listed.length <= 400, (told ?? '').length <= 255]).toEqual([true, true]);
        expect(`${listed}${told ?? ''}`).not.toMatch(/\p{C}/u);
        expect(clientOf(from('::1', listed)).agent).toBe(listed);
      }),
    );
  });
});
