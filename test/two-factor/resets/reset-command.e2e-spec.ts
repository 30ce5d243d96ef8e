import { AuditEntryRow } from '../../../src/audit/audit-entry.entity.js';
import { SystemClock } from '../../../src/clock.js';
import { resetCommand } from '../../../src/two-factor/commands/reset.command.js';
import { statusCommand } from '../../../src/two-factor/commands/status.command.js';
import { forEachDatabase } from '../../support/databases/databases.js';
import { confirms, owner, pending, type Owner } from '../../support/people/owner.js';
import { printed } from '../../support/portal/command-line.js';
import { FixedClock } from '../../support/portal/fixed-clock.js';
import { portal, type Portal } from '../../support/portal/portal.js';

const modes = ['disable', 're-enrol', 'one-time-code'];

forEachDatabase('two-factor:reset on', (database) => {
  let site: Portal;
  let strict: Portal;
  beforeAll(async () => {
    // The command line has the real clock.
    site = await portal({ database, clock: new FixedClock(new SystemClock().now()) });
    strict = await portal({ besides: site, env: { REQUIRE_TWO_FACTOR: 'everyone' } });
  });
  afterAll(async () => {
    await strict.close();
    await site.close();
  });

  const runs = (ann: Pick<Owner, 'person'>, ...words: string[]) =>
    printed(site, [resetCommand, statusCommand], ['two-factor:reset', ann.person.email, ...words]);
  const resets = (ann: Pick<Owner, 'person'>, mode: string, ...words: string[]) =>
    runs(ann, '--mode', mode, '--reason', 'lost phone', ...words);
  const told = async ({ person }: Pick<Owner, 'person'>) => {
    await site.sweeps();
    const where = { accountId: person.id, name: 'two-factor.reset' };
    const entries = await site.database.manager.findBy(AuditEntryRow, where);
    return entries.map(({ data }) => JSON.parse(data) as Record<string, unknown>);
  };

  it('turns two-factor off where it names no mode', async () => {
    const ann = await owner(site, 'Ann');
    expect(await runs(ann, '--reason', 'lost phone')).toContain('was reset; its owner gets a mail');
    expect((await site.visitor().signsIn(ann.person)).address).toBe('/');
    expect(await told(ann)).toEqual([{ mode: 'disable', reason: 'lost phone' }]);
    expect(await runs(ann, '--reason', 'again')).toContain('nothing to reset');
  });

  it('has two-factor set up again, once', async () => {
    const ann = await owner(site, 'Ann');
    expect(await resets(ann, 're-enrol')).toContain('must be set up again at the next sign-in');
    expect((await pending(site, ann.person)).page.address).toBe('/login/enrol/totp');
    expect(await resets(ann, 're-enrol')).toContain('nothing to reset');
    expect(await told(ann)).toEqual([{ mode: 're-enrol', reason: 'lost phone' }]);
    expect(await resets(ann, 'one-time-code')).toContain('needs no code');
  });

  it('prints a code once, which signs in; the status says until when it is open, without it', async () => {
    const ann = await owner(site, 'Ann');
    const text = await resets(ann, 'one-time-code');
    const [code = ''] = /\d{4}(-\d{4}){4}/.exec(text) ?? [];
    expect(text.split(code)).toHaveLength(2);
    const status = await printed(site, [statusCommand], ['two-factor:status', ann.person.email]);
    expect(status).toMatch(/a code for one sign-in is open until 20\d\d-/);
    expect(status).not.toContain(code);
    const visitor = await pending(site, ann.person);
    const { body } = await visitor.asks('POST', '/login/challenge', { code });
    expect(body['status']).toBe('signed-in');
  });

  it.each(modes)('answers a program in JSON: %s', async (mode) => {
    const ann = await owner(site, 'Ann');
    const answer = JSON.parse(await resets(ann, mode, '--json')) as Record<string, unknown>;
    expect(answer).toMatchObject({ email: ann.person.email, reset: true, mode });
    const hasCode = /^\d{4}(-\d{4}){4}$/.test(String(answer['code']));
    expect([hasCode, 'expiresAt' in answer]).toEqual(Array(2).fill(mode === 'one-time-code'));
    const bob = { person: await site.account('Bob') };
    expect(JSON.parse(await resets(bob, mode, '--json'))).toEqual({
      ...{ email: bob.person.email, reset: false, mode },
    });
    expect(await told(bob)).toEqual([]);
  });

  it('changes nothing without a reason, in another mode or for an unknown address', async () => {
    const ann = await owner(site, 'Ann');
    expect(await runs(ann, '--reason', ' ')).toContain('Give a reason');
    expect(await resets(ann, 'delete')).toContain('The mode is one of disable, re-enrol, one-time-code.');
    expect(await resets(ann, 'toString')).toContain('The mode is one of');
    const nobody = { person: { ...ann.person, email: 'nobody@example.com' } };
    expect(await resets(nobody, 're-enrol')).toContain('There is no account');
    expect(await told(ann)).toEqual([]);
    expect((await pending(site, ann.person)).page.address).toBe('/login/challenge');
  });

  it('does not turn off what is required, and names the other modes', async () => {
    const ann = await owner(site, 'Ann');
    const words = ['two-factor:reset', ann.person.email, '--reason', 'lost phone'];
    const env = { REQUIRE_TWO_FACTOR: 'everyone' };
    expect(await printed(strict, [resetCommand], words, env)).toContain(
      'Use the mode re-enrol or one-time-code',
    );
    expect(await told(ann)).toEqual([]);
    const done = await printed(strict, [resetCommand], [...words, '--mode', 're-enrol'], env);
    expect(done).toContain('must be set up again');
  });

  it('waits for 24 hours after a change of the password, unless another operator approved', async () => {
    const ann = await owner(site, 'Ann');
    await ann.visitor.goes('/account/password');
    if (ann.visitor.page.title === 'Confirm it’s you') await confirms(ann, ann.visitor);
    const { status } = await ann.visitor.submits({ newPassword: 'another long password' });
    expect(status).toBe(200);
    for (const mode of modes) expect(await resets(ann, mode)).toContain('less than 24 hours ago');
    expect(await told(ann)).toEqual([]);
    expect(await resets(ann, 're-enrol', '--approved-by', 'mia')).toContain('must be set up again');
    expect(await told(ann)).toEqual([{ mode: 're-enrol', reason: 'lost phone', approvedBy: 'mia' }]);
  });
});
