import { forEachDatabase } from '../support/databases/databases.js';
import { askedOn, originOf } from '../support/people/key-owner.js';
import { newestCode } from '../support/people/mail-reader.js';
import {
  codesOn,
  confirms,
  getsStarted,
  owner,
  pending,
  scans,
  type Owner,
} from '../support/people/owner.js';
import type { Page } from '../support/people/page.js';
import type { Visitor } from '../support/people/visitor.js';
import { SoftPasskey } from 'nestjs-two-factor/testing';
import { portal, type Portal } from '../support/portal/portal.js';

const minute = 60_000;
const room = '/account/security/two-factor';
const codesPage = `${room}/backup-codes`;
const shownAt = `${codesPage}/new`;
const notSaved = 'You have not saved your backup codes.';

forEachDatabase('backup codes until they are saved on', (database) => {
  let site: Portal;
  beforeAll(async () => {
    site = await portal({ database, env: { MAILED_CODES: 'on' } });
  });
  afterAll(() => site.close());

  async function atSetUp(kind: string): Promise<Visitor> {
    const visitor = site.visitor();
    await visitor.signsIn(await site.account('Ann'));
    await visitor.goes(`${room}/${kind}`);
    await visitor.presses(`${room}/${kind}/setup`);
    return visitor;
  }

  /** At the page of a set-up by app, and the fields of its right answer. */
  async function byApp(): Promise<{ visitor: Visitor; proof: Record<string, string> }> {
    const visitor = site.visitor();
    await visitor.signsIn(await site.account('Ann'));
    await visitor.goes(`${room}/totp`);
    const app = await getsStarted(site, visitor);
    return { visitor, proof: { code: app.code(), label: 'My phone' } };
  }

  async function byPasskey(): Promise<{ visitor: Visitor; proof: Record<string, string> }> {
    const visitor = await atSetUp('webauthn');
    const response = new SoftPasskey().registers(askedOn(visitor), originOf(site));
    return { visitor, proof: { response, label: 'My key' } };
  }

  async function byMail(): Promise<{ visitor: Visitor; proof: Record<string, string> }> {
    const visitor = site.visitor();
    const person = await site.account('Ann');
    await visitor.signsIn(person);
    await visitor.goes(`${room}/email-code`);
    await visitor.presses(`${room}/email-code/setup`);
    return { visitor, proof: { code: await newestCode(site, person) } };
  }

  /** Sends the form of this page, and does not follow the redirect. */
  async function posts(visitor: Visitor, action: string): Promise<string> {
    const { values } = visitor.page.form([], action);
    const headers = { 'Sec-Fetch-Site': 'same-origin', Accept: 'text/html' };
    const answer = await visitor.sends(action, { method: 'POST', headers, body: values });
    expect(answer.status).toBe(303);
    return answer.headers.get('location') ?? '';
  }

  async function signsInBy({ person }: Owner, code: string): Promise<number> {
    const visitor = await pending(site, person);
    return (await visitor.asks('POST', '/login/challenge', { kind: 'backup-codes', code })).status;
  }

  /** On the page that makes new codes, after the confirmation. */
  async function atNewCodes(ann: Owner): Promise<Visitor> {
    const { visitor } = ann;
    await visitor.presses(`${codesPage}/saved`);
    await visitor.goes(codesPage);
    await confirms(ann, visitor);
    expect(visitor.page.address).toBe(codesPage);
    return visitor;
  }

  it.each([
    ['an app', byApp],
    ['a passkey', byPasskey],
    ['codes by mail', byMail],
  ])('of a set-up by %s stay through double click, reload, Back and a second tab', async (_what, begin) => {
    const { visitor, proof } = await begin();
    const [twin, later] = [visitor.twin(), visitor.twin()];
    const setUpPage = visitor.page.address;
    const pages = await Promise.all([visitor.submits(proof), twin.submits(proof)]);
    pages.push(await later.submits(proof));
    for (const page of pages) expect([page.status, page.address]).toEqual([200, shownAt]);
    const codes = codesOn(pages[0]);
    expect(codes).toHaveLength(10);
    const reload = await visitor.goes(shownAt);
    expect(reload.headers.get('cache-control')).toBe('no-store');
    const back = await visitor.goes(setUpPage);
    expect(back.address).toBe(shownAt);
    for (const page of [...pages, reload, back]) expect(codesOn(page)).toEqual(codes);

    const tab = visitor.twin();
    expect((await tab.goes('/account/security')).text).toContain(notSaved);
    expect(codesOn(await tab.goes(tab.page.link('Show the codes')))).toEqual(codes);
    expect((await tab.presses(`${codesPage}/saved`)).address).toBe('/account/security');
    expect(tab.page.text).not.toContain(notSaved);
    const gone = await visitor.goes(shownAt);
    expect([gone.status, gone.title, codesOn(gone)]).toEqual([404, 'These codes are no longer shown', []]);
    expect((await visitor.asks('GET', '/account/security')).body['backupCodesLeft']).toBe(10);
  });

  it('are shown to no other session and no other account, and for 15 minutes only', async () => {
    const ann = await owner(site, 'Ann');
    const bob = await owner(site, 'Bob');
    expect(codesOn(await bob.visitor.goes(shownAt))).toEqual(bob.codes);
    const elsewhere = await pending(site, ann.person);
    await elsewhere.submits({ code: ann.app.code() });
    const other = await elsewhere.goes(shownAt);
    expect([other.status, codesOn(other)]).toEqual([404, []]);
    expect((await elsewhere.goes('/account/security')).text).toContain(notSaved);
    expect((await site.visitor().goes(shownAt)).address).toContain('/login');
    site.clock.advance(15 * minute);
    const late = await ann.visitor.goes(shownAt);
    expect([late.status, codesOn(late)]).toEqual([404, []]);
    expect(late.form([], codesPage).method).toBe('POST');
    expect((await ann.visitor.goes('/account/security')).text).toContain(notSaved);
    expect(await signsInBy(ann, ann.codes[0]!)).toBe(200);
  });

  it('that are new leave the old ones valid until they are shown', async () => {
    const ann = await owner(site, 'Ann');
    const visitor = await atNewCodes(ann);
    const location = await posts(visitor, codesPage);
    expect(location).toBe(shownAt);
    expect(await signsInBy(ann, ann.codes[0]!)).toBe(200);
    await visitor.sends(location, { method: 'HEAD' });
    expect(await signsInBy(ann, ann.codes[1]!)).toBe(200);
    const fresh = codesOn(await visitor.goes(location));
    expect(fresh.filter((code) => ann.codes.includes(code))).toEqual([]);
    expect(await signsInBy(ann, ann.codes[2]!)).toBe(401);
    expect(await signsInBy(ann, fresh[0]!)).toBe(200);
  });

  it('that are new are the same for a second click, which asks for nothing', async () => {
    const ann = await owner(site, 'Ann');
    const visitor = await atNewCodes(ann);
    const [twin, late] = [visitor.twin(), visitor.twin()];
    const both = await Promise.all([visitor.presses(codesPage), twin.presses(codesPage)]);
    const pages: Page[] = [...both, await late.presses(codesPage), await visitor.goes(shownAt)];
    expect(pages.map(({ address }) => address)).toEqual(Array(4).fill(shownAt));
    const last = codesOn(pages[3]!);
    for (const page of pages.slice(1)) expect(codesOn(page)).toEqual(last);
    expect(last).toHaveLength(10);
    await site.settled();
    const mails = await site.inbox.of(ann.person.email);
    expect(mails.filter(({ subject }) => subject === 'New backup codes were made')).toHaveLength(1);
  });

  it('are told to programs as before, and leave no note', async () => {
    const ann = await owner(site, 'Ann');
    const visitor = await atNewCodes(ann);
    const { status, body } = await visitor.asks('POST', codesPage);
    expect([status, body]).toEqual([200, { backupCodes: expect.any(Array) }]);
    expect((await visitor.asks('GET', shownAt)).body['code']).toBe('NOT_FOUND');
    expect((await visitor.goes('/account/security')).text).not.toContain(notSaved);
    expect(await signsInBy(ann, (body['backupCodes'] as string[])[0]!)).toBe(200);
  });

  it('of a program’s set-up are in its one answer: the same request again is refused', async () => {
    const program = site.visitor();
    await program.signsIn(await site.account('Ann'));
    const setup = await program.asks('POST', `${room}/totp/setup`, {});
    const app = scans(site, await program.goes(`${room}/totp/setup`));
    const { id } = setup.body['draft'] as { id: string };
    const given = { code: app.code(), label: 'Key', draft: id };
    const [first, second] = [
      await program.asks('POST', `${room}/totp/confirm`, given),
      await program.asks('POST', `${room}/totp/confirm`, given),
    ];
    expect([first.status, first.body['backupCodes']]).toEqual([200, expect.any(Array)]);
    expect([second.status, second.body['code']]).toEqual([409, 'CONFLICT']);
    const other = await program.asks('POST', `${room}/totp/confirm`, { code: app.code(2) });
    expect([other.status, other.body['code']]).toEqual([409, 'CONFLICT']);
  });

  it('are not needed by a second app: its result stays through double click and reload', async () => {
    const ann = await owner(site, 'Ann');
    const { visitor } = ann;
    await visitor.presses(`${codesPage}/saved`);
    await visitor.goes(`${room}/totp?returnTo=/invoices`);
    await confirms(ann, visitor);
    const tablet = await getsStarted(site, visitor);
    const [twin, proof] = [visitor.twin(), { code: tablet.code(), label: 'Tablet' }];
    const pages = [
      await visitor.submits(proof),
      await twin.submits(proof),
      await visitor.goes(visitor.page.address),
    ];
    for (const page of pages)
      expect([page.address, page.title]).toEqual([
        `${room}/totp/done?returnTo=%2Finvoices`,
        '“Tablet” is set up',
      ]);
    expect(visitor.page.link('Continue')).toBe('/invoices');
    site.clock.advance(15 * minute);
    expect((await visitor.goes(`${room}/totp/done`)).address).toBe('/account/security');
  });
});
