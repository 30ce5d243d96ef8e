import { TestHost } from '../fixtures/test-host.fixture.js';
import { Person } from '../fixtures/person.fixture.js';

const testHost = new TestHost();
const words = testHost.registry.recovery('words')!;
const renew = async (person: Person) =>
  testHost.recoveryCodes.regenerate(await person.owner(), words, person.origin);

describe('recovery words', () => {
  it('are counted down under the name of their kind, and each use is mailed; at three they run low, at none they are exhausted', async () => {
    const ann = await Person.protectedBy(testHost);
    const told = [];
    for (const [used, word] of ann.words.entries()) {
      const left = { field: 'wordsLeft', left: 4 - used, of: 5 };
      expect(await ann.signsInWith(word)).toMatchObject({ status: 'passed', left });
      told.push(
        ...(await testHost.eventNamesOf(ann.id)).filter((name) => name.startsWith('words.')).slice(-1),
      );
    }
    const low = 'words.running-low';
    expect(told).toEqual(['words.used', low, low, low, 'words.exhausted']);
    const lefts = (await testHost.eventsOf(ann.id)).flatMap(({ data }) =>
      'left' in data ? [data.left] : [],
    );
    expect(lefts).toEqual([5, 4, 3, 3, 2, 2, 1, 1, 0, 0]);
    const mails = testHost.letterbox.to(ann.account);
    expect(mails.filter((mail) => mail === 'recovery-code-used')).toHaveLength(5);
    expect(mails.filter((mail) => mail.startsWith('recovery-codes'))).toEqual([
      'recovery-codes-low',
      'recovery-codes-out',
    ]);
    expect((await ann.signsInWith(ann.words[0]!)).status).toBe('refused');
  });

  it('void the old set when they are regenerated, and protect the account as before', async () => {
    const ann = await Person.protectedBy(testHost);
    const [old] = ann.words;
    const { codes } = await renew(ann);
    expect(await ann.signsInWith(old!)).toMatchObject({ status: 'refused', reason: 'wrong' });
    expect((await ann.signsInWith(codes[0]!)).status).toBe('passed');
    expect(await ann.accountState()).toMatchObject({ set: { primaryCount: 1 }, damaged: false });
    await testHost.outboxRelay.settled();
    expect(testHost.letterbox.to(ann.account)).toContain('recovery-codes-issued');
  });

  it('end the other sessions when they are regenerated', async () => {
    const ann = await Person.protectedBy(testHost);
    await testHost.outboxRelay.settled();
    testHost.sessions.ended.length = 0;
    await renew(ann);
    await testHost.outboxRelay.settled();
    const ended = { accountId: ann.id, keepKey: ann.key, version: 2 };
    expect(testHost.sessions.ended).toEqual([ended, ended]);
  });

  it('are not created without a primary factor, because they protect nothing alone', async () => {
    await expect(renew(new Person(testHost))).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  it('are one set when two tabs regenerate them at once', async () => {
    const ann = await Person.protectedBy(testHost);
    const both = await Promise.allSettled([renew(ann), renew(ann)]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect((await ann.accountState()).factors.filter(({ kind }) => kind === 'words')).toHaveLength(1);
  });

  it('show in the status how many are left, and not the words', async () => {
    const ann = await Person.protectedBy(testHost);
    await ann.signsInWith(ann.words[0]!);
    await renew(ann);
    const told = JSON.stringify(await testHost.eventsOf(ann.id));
    for (const word of ann.words) expect(told).not.toContain(word);
    expect((await testHost.statusReader.read(ann.id)).left).toEqual({ wordsLeft: 5 });
  });
});
