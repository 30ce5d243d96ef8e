import { AccountRow } from '../../src/accounts/account.entity.js';
import { MailRow } from '../../src/mail/queue/mail.entity.js';
import { TicketRow } from '../../src/support/ticket.entity.js';
import {
  forgets,
  isAnswered,
  labels,
  type Notice,
  opensTicket,
  type Told,
} from '../support/notices/notice-deeds.js';
import {
  does,
  isFresh,
  mailViews,
  NoticeScene,
  secretsOf,
  strayLinksOf,
  wholeOf,
} from '../support/notices/notices.js';
import { owner, type Owner } from '../support/people/owner.js';
import { lockDownNotices } from '../support/notices/lock-down-notices.js';
import { deskNotices } from '../support/notices/desk-notices.js';
import { brakeNotices } from '../support/notices/brake-notices.js';
import { portalNotices } from '../support/notices/portal-notices.js';
import { recoveryNotices } from '../support/notices/recovery-notices.js';
import { resetNotices } from '../support/notices/reset-notices.js';
import { staffNotices } from '../support/notices/staff-notices.js';
import { tokenNotices } from '../support/notices/token-notices.js';
import type { Arrived } from '../support/network/smtp-server.js';
import { codeLine, codeView, twoFactorNotices } from '../support/notices/two-factor-notices.js';

const notices: readonly Notice[] = [
  ...twoFactorNotices,
  ...recoveryNotices,
  ...resetNotices,
  ...portalNotices,
  ...staffNotices,
  ...lockDownNotices,
  ...brakeNotices,
  ...deskNotices,
  ...tokenNotices,
];

let scene: NoticeScene;
beforeAll(async () => {
  scene = await NoticeScene.open();
});
afterAll(() => scene.close());

/** A person with two-factor, after a step-up. */
async function ready(): Promise<Owner> {
  const ann = await owner(scene.house, 'Ann');
  await isFresh(scene.house, ann);
  return ann;
}

const changesPassword = ({ visitor }: Owner) =>
  does(visitor, '/account/password', { newPassword: 'another horse altogether' });

/** Both parts name event, time and origin; an event without an actor has no origin. */
function saysAll({ mail: { text, html } }: Arrived, { view, says }: Notice[1], told: Told): void {
  const place = told.by ? ['Firefox, Linux', told.by.address] : [];
  for (const part of [text, html]) {
    for (const words of [says, ...(told.says ?? []), ...place]) expect(part).toContain(words);
    if (!told.by) expect(part).not.toMatch(/Browser:|Address:/);
    if (!view.includes('ticket')) expect(part).toMatch(/When:.* 20\d\d/);
  }
}

/** The different links “This wasn’t me” of a mail, if text and HTML have the same. */
function stopLinksOf({ mail: { text, html } }: Arrived): string[] {
  const [inText, inHtml] = [text, html].map((part) => [
    ...new Set(String(part).match(/\/security\/stop\/[\w-]{43}/g)),
  ]);
  expect(inHtml).toEqual(inText);
  return inText ?? [];
}

/**
 * Mails that are no news of the owner’s account: to staff, to another address, about a ticket, sent by staff, and after a lock-down. The mail about a lowered
 * gate comes from a portal without the module that makes the links; those of other recovery kinds are sent here without an event.
 */
const withoutStop =
  /^mail\/(ticket-|account-|email-confirm|email-taken|gate-lowered|password-link)|two-factor\/mail\/(locked-down|recovery-code)/;

describe('a notice by the mail server', () => {
  it('is in the list of stories for each template that there is', () => {
    const views = [...new Set(notices.map(([, { view }]) => view))];
    expect(mailViews().sort()).toEqual(views.flatMap((view) => [view, view]).sort());
  });

  it.each(notices)('of %s comes once, says what and whence, and no secret', async (_, mail, happens) => {
    const ann = await ready();
    const secrets = secretsOf(ann);
    let told: Told = {};
    const letters = await scene.lettersOf(async () => (told = await happens(scene, ann)));
    const { to = ann.person.email } = told;
    const [letter, ...more] = letters.filter(({ mail: { text } }) => text?.includes(mail.says));
    if (!letter) throw new Error(`No letter says “${mail.says}”.`);
    expect([letter.recipients, more]).toEqual([[to], []]);
    expect(letter.mail.subject).toMatch(mail.subject);
    const subjects = [letter.mail.subject, ...(mail.also ?? [])];
    expect(letters.map(({ mail: { subject } }) => subject).sort()).toEqual(subjects.sort());
    saysAll(letter, mail, told);
    expect(strayLinksOf(letter)).toEqual([]);
    expect(stopLinksOf(letter)).toHaveLength(withoutStop.test(mail.view) ? 0 : 1);
    expect(codeLine.test(letter.mail.text ?? '')).toBe(mail.view === codeView);
    const whole = wholeOf(letter);
    for (const secret of [...secrets, ...secretsOf(ann), ...(told.secrets ?? [])])
      expect(whole).not.toContain(secret);
    const rows = await scene.house.database.manager.findBy(MailRow, { recipient: to, view: mail.view });
    expect(new Set(rows.map(({ state, letter: kept }) => `${state} ${kept}`))).toEqual(new Set(['sent ']));
  });

  it('of whatever kind waits while there is no mail server, and comes once when there is one again', async () => {
    const [ann, bob, eve] = [await ready(), await ready(), await ready()];
    await scene.house.settled();
    await scene.office.shut();
    const none = await scene.lettersOf(async () => {
      await forgets(scene, eve);
      await isAnswered(scene, await opensTicket(bob));
      await does(bob.visitor, '/account/security/two-factor/backup-codes');
      expect(await labels(ann, 'Tablet')).toBe(200);
      await isFresh(scene.house, ann);
      await changesPassword(ann);
    });
    expect(none).toEqual([]);
    await scene.office.reopen();
    const letters = await scene.lettersOf(() => Promise.resolve());
    const people = [ann, bob, eve].map(({ person: { email } }) => email);
    const came = letters.map(({ recipients: [to = ''], mail: { subject = '' } }) => {
      return `${people.indexOf(to)} ${subject.replace(/T-\w+/, 'T')}`;
    });
    expect(came.sort()).toEqual([
      '-1 Two-factor authentication is on',
      '0 A sign-in method was added',
      '0 Your password was changed',
      '1 New backup codes were made',
      '1 Your ticket T was answered',
      '2 Set a new password',
    ]);
  });
});

/** The whole header of a mail. */
const headers = [
  'auto-submitted',
  'content-type',
  'date',
  'from',
  'message-id',
  'mime-version',
  'subject',
  'to',
];

describe('what people type', () => {
  it.each([
    ['a line', '\r\nBcc: mallory@evil.example\r\n\r\nhello', 400],
    ['half a line end', '\nBcc: mallory@evil.example', 400],
    ['the other half', '\rBcc: mallory@evil.example', 400],
    ['a line end of other alphabets', '\u2028Bcc: mallory@evil.example\u0085Bcc: mallory@evil.example', 400],
    ['an encoded word', '=?utf-8?q?=0D=0ABcc:_mallory=40evil.example?=', 200],
    ['another mailbox', '" <mallory@evil.example>, "', 200],
  ])('makes no header and no recipient: %s', async (_, typed, asLabel) => {
    const ann = await ready();
    const { house } = scene;
    const text = `Ann${typed}`;
    const letters = await scene.lettersOf(async () => {
      // The forms refuse some of it, but a database may contain values from elsewhere.
      await house.database.manager.update(AccountRow, { id: ann.person.id }, { name: text });
      const path = await opensTicket(ann);
      await house.database.manager.update(TicketRow, { accountId: ann.person.id }, { subject: text });
      await isAnswered(scene, path);
      expect(await labels(ann, text)).toBe(asLabel);
      for (const email of [`${ann.person.email}${typed}`, `${typed}${ann.person.email}`]) {
        await ann.visitor.asks('POST', '/account/email', { email });
        await ann.visitor.asks('POST', '/password/forgot', { email });
      }
      await isFresh(house, ann);
      await changesPassword(ann);
    });
    const subjects = letters.map(({ mail: { subject = '' } }) => subject.replace(/T-\w+/, 'T'));
    expect(subjects).toEqual(
      expect.arrayContaining(['Your password was changed', 'Your ticket T was answered']),
    );
    expect(subjects.includes('A sign-in method was added')).toBe(asLabel === 200);
    for (const { mail, recipients } of letters) {
      expect(mail.headers.map(({ key }) => key).sort()).toEqual(headers);
      expect(recipients.join()).toMatch(/^(ann|sam)\.\w+@example\.com$/);
      expect(mail.to?.map(({ address }) => address)).toEqual(recipients);
      expect(mail.to?.[0]?.name).not.toMatch(/[\p{C}\u2028]/u);
    }
  });
});
