import fc from 'fast-check';
import { aRequest } from '../guards/context.fixture.js';
import { originOf } from './origin-of.js';

const account = { id: '7', label: 'Ann', email: 'ann@example.com', stamp: '1', staff: false };

/** A request with these headers, from one address. */
function from(headers: Record<string, string>) {
  return Object.defineProperty(aRequest({ headers }), 'ip', { value: '192.0.2.7' });
}

/** A header value as Node returns it: one character for each byte. */
const header = fc.string({ unit: fc.nat(255).map((byte) => String.fromCharCode(byte)), maxLength: 600 });

describe('where a request comes from', () => {
  it('has no control characters, and is no longer than its column', () => {
    fc.assert(
      fc.property(header, (agent) => {
        const { userAgent, ip } = originOf(from({ 'user-agent': agent }), account);
        expect(userAgent).not.toMatch(/\p{C}/u);
        expect(ip).toBe('192.0.2.7');
        expect(userAgent?.length).toBe(Math.min(agent.length, 255));
      }),
    );
  });

  it('names the signed-in account, whatever the headers say', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom('x-request-id', 'from', 'user-agent'), header), (headers) => {
        const { actor, requestId } = originOf(from(headers), account);
        expect(actor).toEqual({ type: 'account', id: '7' });
        expect(Object.values(headers)).not.toContain(requestId);
      }),
    );
  });
});
