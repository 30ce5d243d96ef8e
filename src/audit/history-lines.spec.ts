import { randomUUID } from 'node:crypto';
import type { AuditEntryRow } from './audit-entry.entity.js';
import { historyLines } from './history-lines.js';

const minute = 60_000;
const events = { before: ['password-right'], within: ['factor-proved', 'code-used'] };
const tablet = { kind: 'totp', factorId: 'f1', label: 'Tablet' };

function entry(name: string, at: number, facts: Partial<AuditEntryRow> & { used?: object } = {}) {
  const { used = {}, ...more } = facts;
  const who = { accountId: 'ann', actorType: 'account', actorId: 'ann' };
  const from = { ip: '192.0.2.7', userAgent: 'Firefox', requestId: 'r2' };
  const data = JSON.stringify(used);
  return { ...who, ...from, ...{ eventId: randomUUID(), data }, ...more, name, at };
}

const names = (entries: readonly AuditEntryRow[]) => historyLines(entries, events).map(({ name }) => name);

describe('the history', () => {
  it('has one line for a sign-in, with its factor', () => {
    const entries = [
      entry('login.succeeded', 9),
      entry('code-used', 8),
      entry('factor-proved', 8, { used: tablet }),
      entry('password-right', 3, { requestId: 'r1' }),
    ];
    const line = { name: 'login.succeeded', at: 9, ip: '192.0.2.7', userAgent: 'Firefox' };
    expect(historyLines(entries, events)).toEqual([{ ...tablet, ...line }]);
  });

  it('keeps a password that was entered at another address, in another browser or long before', () => {
    const others = [{ ip: '198.51.100.9' }, { userAgent: 'curl' }];
    for (const other of others)
      expect(names([entry('login.succeeded', 9), entry('password-right', 3, other)])).toHaveLength(2);
    const late = [entry('login.succeeded', 11 * minute), entry('password-right', 0)];
    expect(names(late)).toHaveLength(2);
  });

  it('keeps a password that no sign-in followed, and one line for each of several sign-ins', () => {
    const entries = [
      entry('login.succeeded', 9, { requestId: 'r9' }),
      entry('password-right', 8),
      entry('login.succeeded', 7, { requestId: 'r7' }),
      entry('password-right', 6),
      entry('password-right', 5),
    ];
    expect(names(entries)).toEqual(['login.succeeded', 'login.succeeded', 'password-right']);
  });

  it('keeps a proof of another request, and of one without an id', () => {
    const proof = entry('factor-proved', 8, { requestId: 'r1' });
    expect(names([entry('login.succeeded', 9), proof])).toHaveLength(2);
    const unnamed = [entry('login.succeeded', 9, { requestId: null }), { ...proof, requestId: null }];
    expect(names(unnamed)).toHaveLength(2);
  });

  it('names the factor of every other event too, but not a set of codes by its kind', () => {
    const codes = { kind: 'backup-codes', factorId: 'f2' };
    const entries = [
      entry('confirmed', 9, { used: tablet }),
      entry('confirmed', 8, { used: { ...codes, label: 'backup-codes' } }),
      entry('missed', 7, { used: { kind: 'totp', reason: 'wrong' } }),
      entry('alarm', 6, { used: { kind: '', factorId: '' } }),
    ];
    const line = { ip: '192.0.2.7', userAgent: 'Firefox' };
    expect(historyLines(entries, events)).toEqual([
      { ...tablet, ...line, name: 'confirmed', at: 9 },
      { ...codes, ...line, name: 'confirmed', at: 8 },
      { ...line, name: 'missed', at: 7 },
      { ...line, name: 'alarm', at: 6 },
    ]);
  });
});
