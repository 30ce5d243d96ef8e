import fc from 'fast-check';
import { columnText, keptOrigin } from './column-text.js';

const text = fc.string({ unit: 'binary', maxLength: 600 });

describe('text of a request', () => {
  it('fits its column, and contains no character that breaks a database or a terminal', () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 300 }), (given, most) => {
        const kept = columnText(given, most);
        expect(kept.length).toBeLessThanOrEqual(most);
        expect(kept).not.toMatch(/\p{C}/u);
        expect(Buffer.from(kept).toString()).toBe(kept);
      }),
    );
  });

  it('stays unchanged where it fits', () => {
    for (const given of ['203.0.113.7', '2001:db8::7', 'Mozilla/5.0 (X11; Linux)', '漢字 🙂'])
      expect(columnText(given, 64)).toBe(given);
  });

  it('loses a character that does not fit completely', () => {
    expect(columnText('ab🙂', 3)).toBe('ab');
  });

  it('keeps an origin within the lengths of the hosts’ columns', () => {
    fc.assert(
      fc.property(text, text, text, (ip, userAgent, requestId) => {
        const kept = keptOrigin({ actor: { type: 'system', id: 'x' }, ip, userAgent, requestId });
        expect([kept.ip!.length <= 64, kept.userAgent!.length <= 255, kept.requestId!.length <= 64]).toEqual([
          true,
          true,
          true,
        ]);
      }),
    );
    const nothing = { actor: { type: 'cli', id: 'x' }, ip: null, userAgent: null, requestId: null } as const;
    expect(keptOrigin(nothing)).toEqual(nothing);
  });
});
