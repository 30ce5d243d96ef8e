import { mailRetry } from '../../src/mail/operations/mail-retry.command.js';
import { mailStatus } from '../../src/mail/operations/mail-status.command.js';
import { MailRow } from '../../src/mail/queue/mail.entity.js';
import { printed } from '../support/portal/command-line.js';
import { portal, type Portal } from '../support/portal/portal.js';
import { SmtpServer } from '../support/network/smtp-server.js';
import { forgets } from '../support/people/reset-link.js';

describe('an operator', () => {
  let office: SmtpServer;
  let house: Portal;
  beforeAll(async () => {
    office = await SmtpServer.open();
    house = await portal({ env: { SMTP_URL: office.url } });
  });
  afterAll(async () => {
    await house.close();
    await office.shut();
  });

  const types = (...words: string[]) =>
    printed(house, [mailStatus, mailRetry], words, { SMTP_URL: office.url });

  it('sees that the queue is empty', async () => {
    expect(await types('mail:status')).toBe('Waiting: none\nGiven up: none');
    const none = { count: 0, oldest: null };
    expect(JSON.parse(await types('mail:status', '--json'))).toEqual({
      waiting: none,
      givenUp: none,
      stuck: [],
    });
  });

  it('lists given-up mails with the reason, without their content, and delivers them again', async () => {
    const ann = await house.account('Ann');
    office.refusesRecipient = { code: 550, words: '5.7.1 relaying\u001b[31m denied' };
    await forgets(house.visitor(), ann.email);
    await house.settled();
    const [row] = await house.database.manager.find(MailRow);
    const id = row?.id ?? '';
    const text = await types('mail:status');
    expect(text).toContain('Waiting: none\nGiven up: 1, the oldest of 2030-01-01T00:00:00.000Z\n');
    expect(text).toMatch(
      new RegExp(`^  ${id} mail/password-reset to ${ann.email}, given-up, tries 1: .*denied`, 'm'),
    );
    expect(text).not.toContain('\u001b');
    const json = JSON.parse(await types('mail:status', '--json')) as { stuck: unknown };
    expect(json.stuck).toEqual([
      {
        id,
        view: 'mail/password-reset',
        to: ann.email,
        state: 'given-up',
        tries: 1,
        fault: row?.fault,
        createdAt: '2030-01-01T00:00:00.000Z',
      },
    ]);
    office.refusesRecipient = null;
    expect(JSON.parse(await types('mail:retry', id, '--json'))).toEqual({ retried: 1 });
    await house.sweeps();
    expect(office.of(ann.email)).toHaveLength(1);
    expect(await types('mail:retry')).toMatch(/^Back in the queue: 0\./);
  });

  it('gets a message when there is no such mail to send again', async () => {
    expect(await types('mail:retry', 'nothing')).toBe('No mail with the id "nothing" was given up.');
  });
});
