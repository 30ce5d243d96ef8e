import fc from 'fast-check';
import { readAuditFilter } from '../../audit/audit-filter.js';
import { spanOf } from '../../audit/days.js';
import { placeText, readPlace } from '../../database/list-page.js';
import { isRowId } from '../../database/row-id.js';
import { PortalProblem } from '../../portal/problems/problem.js';
import { readClientFilter } from './client-filter.js';
import { readTicketQueueFilter } from '../tickets/ticket-queue-filter.js';
import { firstQueryValue } from '../common/first-query-value.js';

const odd = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.array(fc.string({ maxLength: 5 }), { maxLength: 3 }),
  fc.constantFrom(
    'admin',
    'on',
    'off',
    'open',
    '2030-02-30',
    '2030-01-31',
    '1-a',
    '9999999999999999-a',
    '\0',
    '\ud800',
  ),
  fc.anything(),
);
const fields = ['q', 'role', 'state', 'after', 'event', 'account', 'from', 'to', 'twoFactor', '__proto__'];
const query = fc.dictionary(fc.constantFrom(...fields), odd, { maxKeys: 6 });
const id = fc.stringMatching(/^[\w-]{1,64}$/);

describe('what a list is asked for', () => {
  it('of clients and of the desk is never refused, and holds no character that a database refuses', () => {
    const texts = { title: 'a', on: 'b', off: 'c', count: 'd' };
    const protections = [{ gate: 'two-factor', name: 'twoFactor', texts }];
    fc.assert(
      fc.property(query, (asked) => {
        const { text, role, state } = readClientFilter(asked, protections);
        expect(text).not.toMatch(/[\p{Cc}\p{Cs}]|^\s|\s$/u);
        expect(['customer', 'support', 'admin', undefined]).toContain(role);
        expect(['active', 'suspended', undefined]).toContain(state);
        expect(['open', 'answered', 'closed', undefined]).toContain(readTicketQueueFilter(asked).state);
      }),
    );
  });

  it('of the audit is read or refused with a stable code, and its days are real', () => {
    fc.assert(
      fc.property(query, (asked) => {
        try {
          const filter = readAuditFilter(asked, (errors) => ({ view: 'audit/list', model: { errors } }));
          for (const text of Object.values(filter).filter((each) => typeof each === 'string'))
            expect(text).not.toMatch(/[\p{Cc}\p{Cs}]/u);
          for (const time of Object.values(spanOf(filter, 'UTC'))) expect(time).not.toBeNaN();
        } catch (error) {
          expect(error).toBeInstanceOf(PortalProblem);
          expect(error).toMatchObject({ code: 'INVALID_INPUT' });
        }
      }),
    );
  });

  it('is one text, whatever it is', () => {
    fc.assert(fc.property(odd, (given) => expect(typeof firstQueryValue(given)).toBe('string')));
  });
});

describe('a place in a list', () => {
  it('comes back as it was written', () => {
    fc.assert(
      fc.property(fc.nat({ max: 999_999_999_999_999 }), id, (at, row) => {
        expect(readPlace(placeText({ at, id: row }))).toEqual({ at, id: row });
      }),
    );
  });

  it('is none where it is written otherwise', () => {
    const wrong = fc
      .oneof(fc.string({ unit: 'binary', maxLength: 20 }), id)
      .filter((text) => !/^\d+-./.test(text));
    fc.assert(fc.property(wrong, (text) => expect(readPlace(text)).toBeUndefined()));
  });
});

describe('the id of a row', () => {
  it('is of 1 to 64 plain characters, and of nothing else', () => {
    fc.assert(fc.property(id, (text) => expect(isRowId(text)).toBe(true)));
    const spoilt = fc
      .tuple(id, fc.constantFrom(' ', '\0', 'é', "'", '\n', '%', '.'))
      .map(([text, odds]) => text + odds);
    fc.assert(fc.property(spoilt, (text) => expect(isRowId(text)).toBe(false)));
  });
});
