import { jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import fc from 'fast-check';
import { LoggerSecurityLog } from './security.log.js';

const until = Date.UTC(2030, 0, 1, 12);
const known = { limit: 'account', accountId: '42', ip: '203.0.113.7', until } as const;

describe('the lines about guessing', () => {
  const written: string[] = [];
  const log = new LoggerSecurityLog();
  beforeEach(() => {
    written.length = 0;
    jest
      .spyOn(Logger.prototype, 'warn')
      .mockImplementation((line: unknown) => void written.push(String(line)));
  });
  afterEach(() => jest.restoreAllMocks());

  it('have the form that the docs promise', () => {
    log.throttled(known);
    log.throttled({ ...known, accountId: null, ip: null, until: null });
    log.throttled({ ...known, accountId: '', ip: '2001:db8::7' });
    log.wrongCode('challenge', '203.0.113.7');
    log.wrongCode('step-up', '203.0.113.7');
    log.wrongPassword('203.0.113.7');
    expect(written).toEqual([
      'throttled limit=account account=42 ip=203.0.113.7 until=2030-01-01T12:00:00.000Z',
      'throttled limit=account account=- ip=- until=-',
      'throttled limit=account account=- ip=2001:db8::7 until=2030-01-01T12:00:00.000Z',
      'refused sign-in ip=203.0.113.7 reason=code',
      'refused confirmation ip=203.0.113.7 reason=code',
      'refused confirmation ip=203.0.113.7 reason=credentials',
    ]);
  });

  it('cannot get another member or line from a host’s id or a client’s text', () => {
    const nasty = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constant('7 ip=198.51.100.1\nrefused sign-in ip=1.1.1.1'),
    );
    fc.assert(
      fc.property(nasty, nasty, (accountId, ip) => {
        written.length = 0;
        log.throttled({ ...known, accountId, ip });
        log.wrongCode('challenge', ip);
        expect(written[0]).toMatch(
          /^throttled limit=account account=[\w.:@/+?-]+ ip=[\w.:@/+?-]+ until=[\dT:.Z-]+$/,
        );
        expect(written[1]).toMatch(/^refused sign-in ip=[\w.:@/+?-]+ reason=code$/);
      }),
    );
  });
});
