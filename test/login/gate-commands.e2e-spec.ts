import { AuditEntryRow } from '../../src/audit/audit-entry.entity.js';
import { gateLower } from '../../src/auth/gates/gate-lower.command.js';
import { gateStatus } from '../../src/auth/gates/gate-status.command.js';
import { printed } from '../support/portal/command-line.js';
import { forEachDatabase } from '../support/databases/databases.js';
import { pending, owner } from '../support/people/owner.js';
import { portal, type Portal } from '../support/portal/portal.js';

const reason = ['--reason', 'the module does not start, ticket 17'];

forEachDatabase('an operator whose portal has lost a gate, on', (database) => {
  let before: Portal;
  let without: Portal;
  beforeAll(async () => {
    before = await portal({ database });
    without = await portal({ besides: before, modules: [] });
  });
  afterAll(async () => {
    await without.close();
    await before.close();
  });

  const types = (site: Portal, ...words: string[]) => printed(site, [gateStatus, gateLower], words);
  const lowersFor = (email: string, site = without) =>
    types(site, 'gate:lower', 'two-factor', '--account', email, ...reason);

  const told = async (accountId: string) => {
    await before.sweeps();
    const entries = await without.database.manager.findBy(AuditEntryRow, { accountId, name: 'gate.lowered' });
    return entries.map(({ actorType, data }) => [actorType, JSON.parse(data) as unknown]);
  };

  it('sees the blocked accounts, and unblocks only a named one, which gets one mail', async () => {
    const [ann, bob] = [await owner(before, 'Ann'), await owner(before, 'Bob')];
    expect(JSON.parse(await types(without, 'gate:status', '--json'))).toEqual({
      gates: [{ gate: 'two-factor', installed: false, raised: 2 }],
    });
    expect(await types(without, 'gate:status')).toBe(
      'two-factor: NOT installed, raised for 2, who cannot sign in',
    );
    expect(await lowersFor(ann.person.email)).toBe('Lowered two-factor for 1. The owners get a mail.');
    expect(await lowersFor(ann.person.email)).toBe('Lowered two-factor for 0. It was not raised.');
    expect((await without.visitor().signsIn(ann.person)).address).toBe('/');
    expect((await without.visitor().signsIn(bob.person)).status).toBe(403);
    expect(await told(ann.person.id)).toEqual([['cli', { gate: 'two-factor', reason: reason[1] }]]);
    expect(await told(bob.person.id)).toEqual([]);
    const subjects = (await without.inbox.of(ann.person.email)).map(({ subject }) => subject);
    expect(subjects.filter((each) => each.includes('password alone'))).toHaveLength(1);
  });

  it('opens no account while the gate is installed: no flag is cleared', async () => {
    const ann = await owner(before, 'Ann');
    expect(await lowersFor(ann.person.email, before)).toContain('is installed');
    expect((await pending(before, ann.person)).page.address).toBe('/login/challenge');
    expect((await without.visitor().signsIn(ann.person)).status).toBe(403);
  });

  it('clears all flags, once; accounts with two-factor are still asked when the gate is back', async () => {
    const ann = await owner(before, 'Ann');
    const all = () => types(without, 'gate:lower', 'two-factor', '--all', ...reason, '--json');
    const { lowered } = JSON.parse(await all()) as { lowered: number };
    expect(lowered).toBeGreaterThan(0);
    expect(JSON.parse(await all())).toEqual({ gate: 'two-factor', lowered: 0 });
    expect((await without.visitor().signsIn(ann.person)).address).toBe('/');
    expect((await pending(before, ann.person)).page.address).toBe('/login/challenge');
  });

  it.each([
    ['without a reason', ['two-factor', '--all', '--reason', ' '], 'Give a reason of 1 to 200 characters.'],
    ['for nobody', ['two-factor', ...reason], 'Name one account'],
    ['for one and all', ['two-factor', '--all', '--account', 'a@example.com', ...reason], 'Name one account'],
    ['of another name', ['two-facter', '--all', ...reason], 'There is no gate "two-facter"'],
    ['of a stranger', ['two-factor', '--account', 'no@example.com', ...reason], 'There is no account'],
  ])('lowers nothing %s', async (_what, words, sentence) => {
    expect(await types(without, 'gate:lower', ...words)).toContain(sentence);
  });
});
