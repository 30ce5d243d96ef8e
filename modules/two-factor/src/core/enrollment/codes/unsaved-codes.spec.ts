import { randomUUID } from 'node:crypto';
import { brittleHost } from '../../fixtures/brittle-stores.fixture.js';
import { Person } from '../../fixtures/person.fixture.js';
import { TestHost } from '../../fixtures/test-host.fixture.js';
import type { CodesOwner } from './unsaved-codes.js';

const minute = 60_000;

async function ownerOf(person: Person, key = person.key): Promise<CodesOwner> {
  return { account: person.account, accountState: await person.accountState(), key };
}

const words = ({ testHost }: Person) => testHost.registry.recovery('words')!;

const seen = async (person: Person, key = person.key) =>
  (await person.testHost.unsavedCodes.find(await ownerOf(person, key), 'words'))?.codes ?? null;

const shows = async (person: Person) =>
  person.testHost.recoveryCodes.show(await ownerOf(person), words(person), person.origin);

const prepares = async (person: Person) =>
  person.testHost.recoveryCodes.prepare(await ownerOf(person), words(person));

const kinds = async (person: Person, key = person.key) => [
  ...(await person.testHost.unsavedCodes.kinds(await ownerOf(person, key))),
];

/** A person who set two-factor up on a page. */
async function enrolled(testHost = new TestHost()): Promise<Person> {
  const ann = new Person(testHost);
  await ann.begins();
  const given = { proof: { code: ann.code() }, label: 'Phone', byForm: true };
  const done = await testHost.enrollment.confirm(
    await ann.drafter(),
    testHost.registry.primary('numbers')!,
    given,
    ann.origin,
  );
  ann.words = done.status === 'enabled' ? done.issued[0]!.codes : [];
  return ann;
}

/** Signs in by one of these words; true when it still works. */
async function works(person: Person, word: string): Promise<boolean> {
  return (await person.answers(await person.startsLogin(), word, 'words')).status === 'passed';
}

describe('the codes of a set-up', () => {
  it('are shown again and again, for 15 minutes, to their session alone', async () => {
    const ann = await enrolled();
    expect(await seen(ann)).toEqual(ann.words);
    expect(await seen(ann, randomUUID())).toBeNull();
    const bob = await Person.protectedBy(ann.testHost);
    expect(await seen(bob, ann.key)).toBeNull();
    ann.testHost.clock.advance(13 * minute);
    expect(await seen(ann)).toEqual(ann.words);
    ann.testHost.clock.advance(minute);
    expect(await seen(ann)).toBeNull();
    expect(await kinds(ann)).toEqual(['words']);
  });

  it('are gone once they are saved, and so is the note', async () => {
    const ann = await enrolled();
    expect(await kinds(ann)).toEqual(['words']);
    for (let click = 0; click < 2; click += 1)
      expect(await ann.testHost.unsavedCodes.save(await ownerOf(ann), 'words')).toBe(true);
    expect([await seen(ann), await kinds(ann)]).toEqual([null, []]);
    expect(await works(ann, ann.words[0]!)).toBe(true);
  });

  it('stay when another factor is added, and end when two-factor is turned off', async () => {
    const ann = await enrolled();
    ann.testHost.clock.advance(minute);
    await ann.enrolls(ann.testHost.keys);
    expect([await seen(ann), await kinds(ann)]).toEqual([ann.words, ['words']]);
    await ann.testHost.factorRemoval.disable(await ann.owner(), ann.origin);
    expect([await seen(ann), await kinds(ann)]).toEqual([null, []]);
    const { tokens } = ann.testHost.stores;
    expect(await tokens.list({ purpose: 'codes', accountId: ann.id }, ann.testHost.clock.now())).toEqual([]);
  });

  it('of a program are in its answer alone: they are not kept, and an equal request is refused', async () => {
    const ann = new Person(new TestHost());
    await ann.enrolls();
    expect([await kinds(ann), await seen(ann)]).toEqual([[], null]);
    await expect(ann.proves(ann.code())).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  it('are stored encrypted', async () => {
    const ann = await enrolled();
    const stored = await ann.testHost.stores.tokens.list(
      { purpose: 'codes', accountId: ann.id },
      ann.testHost.clock.now(),
    );
    expect(stored).toHaveLength(2);
    const unsealed = stored.map((token) => ({ ...token, sealed: null }));
    for (const word of ann.words) expect(JSON.stringify(unsealed)).not.toContain(word);
  });

  it('that cannot be decrypted are not shown, and new ones can be made', async () => {
    const ann = await enrolled();
    ann.testHost.clock.advance(minute);
    const { open } = ann.testHost.secretStorage['box'];
    ann.testHost.secretStorage['box'].open = (sealed, context) =>
      context.purpose === 'draft'
        ? open.call(ann.testHost.box, 'garbage', context)
        : open.call(ann.testHost.box, sealed, context);
    expect(await seen(ann)).toBeNull();
    await expect(prepares(ann)).resolves.toBeUndefined();
  });
});

describe('new codes', () => {
  it('void the old ones when they are shown for the first time, not before', async () => {
    const ann = await enrolled();
    await ann.testHost.unsavedCodes.save(await ownerOf(ann), 'words');
    await prepares(ann);
    expect(await works(ann, ann.words[0]!)).toBe(true);
    expect(await kinds(ann)).toEqual(['words']);
    const [first, second] = [await shows(ann), await shows(ann)];
    expect(first?.codes).toHaveLength(5);
    expect(second).toEqual(first);
    expect(await works(ann, ann.words[1]!)).toBe(false);
    expect(await works(ann, first!.codes[0]!)).toBe(true);
  });

  it('are told as issued when they become valid, and end the other sessions then', async () => {
    const ann = await enrolled();
    await ann.testHost.unsavedCodes.save(await ownerOf(ann), 'words');
    const before = (await ann.testHost.eventNamesOf(ann.id)).length;
    const ended = ann.testHost.sessions.ended.length;
    await prepares(ann);
    expect(await ann.testHost.eventNamesOf(ann.id)).toHaveLength(before);
    expect(ann.testHost.sessions.ended).toHaveLength(ended);
    await shows(ann);
    await shows(ann);
    expect((await ann.testHost.eventNamesOf(ann.id)).slice(before)).toEqual(['words.issued']);
    expect(ann.testHost.sessions.ended.at(-1)).toMatchObject({ keepKey: ann.key, version: 2 });
    expect(ann.testHost.letterbox.to(ann.account)).toContain('recovery-codes-issued');
  });

  it('asked for twice are the same, before and after they were shown', async () => {
    const ann = await enrolled();
    await prepares(ann);
    expect((await shows(ann))?.codes).toEqual(ann.words);
    await ann.testHost.unsavedCodes.save(await ownerOf(ann), 'words');
    await Promise.all([prepares(ann), prepares(ann)]);
    await prepares(ann);
    const shown = await Promise.all([shows(ann), shows(ann)]);
    await prepares(ann);
    shown.push(await shows(ann));
    expect(new Set(shown.map((each) => each?.codes.join())).size).toBe(1);
    expect((await ann.testHost.eventNamesOf(ann.id)).filter((name) => name === 'words.issued')).toHaveLength(
      2,
    );
  });

  it('that were never shown leave the old ones as they were', async () => {
    const ann = await enrolled();
    await ann.testHost.unsavedCodes.save(await ownerOf(ann), 'words');
    await prepares(ann);
    ann.testHost.clock.advance(15 * minute);
    expect([await shows(ann), await kinds(ann)]).toEqual([null, []]);
    expect(await works(ann, ann.words[0]!)).toBe(true);
  });

  it('whose first showing is killed leave the old ones valid, and are shown at the next try', async () => {
    const { testHost, stores } = brittleHost();
    const ann = await enrolled(testHost);
    await testHost.unsavedCodes.save(await ownerOf(ann), 'words');
    await prepares(ann);
    stores.beforeCommit = () => {
      stores.beforeCommit = () => undefined;
      throw new Error('killed');
    };
    await expect(shows(ann)).rejects.toThrow('killed');
    expect(await works(ann, ann.words[0]!)).toBe(true);
    expect((await shows(ann))?.codes).toHaveLength(5);
  });

  it('are not marked as saved by the page of an older set', async () => {
    const ann = await enrolled();
    const { setId } = (await shows(ann))!;
    await ann.testHost.unsavedCodes.save(await ownerOf(ann), 'words', setId);
    await prepares(ann);
    const newer = (await shows(ann))!;
    expect(await ann.testHost.unsavedCodes.save(await ownerOf(ann), 'words', setId)).toBe(false);
    expect(await seen(ann)).toEqual(newer.codes);
    expect(await ann.testHost.unsavedCodes.save(await ownerOf(ann), 'words', newer.setId)).toBe(true);
  });

  it('of a program are valid at once, and end those that wait', async () => {
    const ann = await enrolled();
    await ann.testHost.unsavedCodes.save(await ownerOf(ann), 'words');
    await prepares(ann);
    const { codes } = await ann.testHost.recoveryCodes.regenerate(await ann.owner(), words(ann), ann.origin);
    expect([await shows(ann), await kinds(ann)]).toEqual([null, []]);
    expect(await works(ann, codes[0]!)).toBe(true);
  });
});

describe('a set-up that is started again', () => {
  const draft = async (person: Person) =>
    (await person.testHost.drafts.find(await person.drafter(), 'numbers'))!;

  it('keeps its key, in a second tab and after a double click', async () => {
    const ann = new Person(new TestHost());
    await ann.begins();
    const first = await draft(ann);
    ann.testHost.clock.advance(minute);
    await ann.begins();
    expect(await draft(ann)).toEqual(first);
    const bob = new Person(ann.testHost);
    await Promise.all([bob.begins(), bob.begins(), bob.begins()]);
    const { tokens } = bob.testHost.stores;
    const now = bob.testHost.clock.now();
    expect(await tokens.list({ purpose: 'draft', accountId: bob.id }, now)).toHaveLength(1);
  });

  it('for another replaced factor has a new key, and the answer of the old page says so', async () => {
    const ann = await Person.protectedBy(new TestHost());
    const { keys, enrollment, registry } = ann.testHost;
    await ann.begins(keys);
    const old = (await ann.testHost.drafts.find(await ann.drafter(), 'keys'))!;
    const oldCode = ann.code(0, keys);
    const lost = (await ann.accountState()).factors.find(({ kind }) => kind === 'numbers');
    ann.testHost.clock.advance(1);
    await ann.begins(keys, lost!.id);
    const { looks } = keys;
    const given = { proof: { code: oldCode }, label: 'Key', draft: old.ref.id };
    const answer = await enrollment.confirm(
      await ann.drafter(),
      registry.primary('keys')!,
      given,
      ann.origin,
    );
    expect([answer.status, keys.looks - looks]).toEqual(['replaced', 0]);
  });

  it('says why it ended: ten wrong codes, or the time', async () => {
    const ann = new Person(new TestHost());
    await ann.begins();
    for (let i = 0; i < 10; i += 1) await ann.proves('999999');
    const why = async () => ann.testHost.drafts.endOf(await ann.drafter(), 'numbers');
    expect(await why()).toBe('tries');
    ann.testHost.clock.advance(15 * minute);
    expect(await why()).toBe('time');
  });
});
