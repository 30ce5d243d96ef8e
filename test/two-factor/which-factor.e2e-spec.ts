import { AuditEntryRow } from '../../src/audit/audit-entry.entity.js';
import { owner, pending, type Owner } from '../support/people/owner.js';
import { portal, type Portal } from '../support/portal/portal.js';
import type { Visitor } from '../support/people/visitor.js';

describe('the factor of a sign-in', () => {
  let site: Portal;
  beforeAll(async () => {
    site = await portal();
  });
  afterAll(() => site.close());

  const signsIn = async ({ person }: Owner, code: string) => {
    const visitor = await pending(site, person);
    await visitor.submits({ code });
    await site.settled();
    return visitor;
  };

  /** The lines of the history, without the list of sessions. */
  const history = async (visitor: Visitor) =>
    (await visitor.goes('/account/security')).all('.rows strong').filter((line) => !/^Firefox/.test(line));

  it('is one line of the history with the name its owner gave it; the audit log keeps every event', async () => {
    const ann = await owner(site, 'Ann');
    await site.settled();
    const before = (await history(ann.visitor)).length;
    site.clock.advance(30_000);
    const visitor = await signsIn(ann, ann.app.code());
    const lines = await history(visitor);
    expect(lines[0]).toBe('Signed in · Authenticator app “My phone”');
    expect(lines.length).toBe(before + 1);
    const entries = await site.database.manager.findBy(AuditEntryRow, { accountId: ann.person.id });
    const names = entries.map(({ name }) => name);
    for (const name of ['challenge.required', 'challenge.passed'])
      expect(names).toContain(`two-factor.${name}`);
    const passed = entries.find(({ name }) => name === 'two-factor.challenge.passed');
    expect(JSON.parse(passed?.data ?? '{}')).toEqual({
      kind: 'totp',
      factorId: expect.any(String),
      label: 'My phone',
    });
  });

  it('is the backup code, in the same line', async () => {
    const ann = await owner(site, 'Ann');
    const visitor = await signsIn(ann, ann.codes[0] ?? '');
    expect((await history(visitor))[0]).toBe('Signed in · Backup codes');
  });

  it('is not claimed for a password that no sign-in followed, nor for a wrong code', async () => {
    const ann = await owner(site, 'Ann');
    const other = await pending(site, ann.person);
    site.clock.advance(1_000);
    await other.submits({ code: '000000' });
    await site.settled();
    const lines = await history(ann.visitor);
    expect(lines.slice(0, 2)).toEqual([
      'Wrong second factor at sign-in',
      'Password correct, second factor required',
    ]);
  });

  it('is told to staff, on the page and to programs', async () => {
    const ann = await owner(site, 'Ann');
    await signsIn(ann, ann.app.code());
    const sam = site.visitor();
    await sam.signsIn(await site.account('Sam', 'support'));
    const path = `/staff/clients/${ann.person.id}`;
    expect((await sam.goes(path)).text).toContain('Second factor confirmed · My phone');
    const { body } = await sam.asks('GET', path);
    const used = { kind: 'totp', label: 'My phone', factorId: expect.any(String) };
    const [panel] = body['panels'] as Record<string, unknown>[];
    expect(panel?.['events']).toContainEqual(
      expect.objectContaining({ ...used, name: 'two-factor.challenge.passed' }),
    );
    expect(body['events']).toContainEqual(expect.objectContaining({ ...used, name: 'login.succeeded' }));
  });
});
