import { TestHost } from '../fixtures/test-host.fixture.js';
import { Person } from '../fixtures/person.fixture.js';

const testHost = new TestHost();

describe('the status of an account', () => {
  it('contains names, dates of creation and use, and no secrets', async () => {
    const ann = new Person(testHost);
    const createdAt = testHost.clock.now();
    await ann.enrolls();
    testHost.clock.advance(60_000);
    await ann.signsInWith(ann.code());
    const factor = (await ann.accountState()).factors.find(({ kind }) => kind === 'numbers');
    expect(await testHost.statusReader.read(ann.id)).toEqual({
      ...{ enabled: true, damaged: false, left: { wordsLeft: 5 }, brake: null, frozen: false },
      ...{ mustEnroll: false, oneTimeCodeUntil: null, lockDown: null },
      factors: [
        {
          ...{ id: factor!.id, kind: 'numbers', label: 'Phone', createdAt },
          ...{ lastUsedAt: testHost.clock.now(), strength: 'one-time' },
        },
      ],
      recoveries: [{ kind: 'words', left: 5, of: 5, createdAt }],
      wait: { failed: 0, until: null, stopped: false },
    });
  });

  it('without factors is empty', async () => {
    const wait = { failed: 0, until: null, stopped: false };
    const free = { brake: null, frozen: false, mustEnroll: false, oneTimeCodeUntil: null, lockDown: null };
    const nothing = { ...free, enabled: false, damaged: false, factors: [], left: {}, recoveries: [], wait };
    expect(await testHost.statusReader.read(new Person(testHost).id)).toEqual(nothing);
  });

  it('says "damaged" where a recovery set cannot be decrypted, and leaves that set out', async () => {
    const ann = await Person.protectedBy(testHost);
    const words = (await ann.accountState()).factors.find(({ kind }) => kind === 'words')!;
    await testHost.stores.factors.update(words, { sealed: 'cut off', lastUsedAt: 0 });
    expect(await testHost.statusReader.read(ann.id)).toMatchObject({
      damaged: true,
      left: {},
      recoveries: [],
    });
  });

  it('is not returned where a defect prevents it', async () => {
    const own = new TestHost();
    const ann = await Person.protectedBy(own);
    own.words.left = () => {
      throw new TypeError('oops');
    };
    await expect(own.statusReader.read(ann.id)).rejects.toThrow('oops');
  });
});

describe('the kinds that can be added', () => {
  const kinds = (...had: string[]) =>
    testHost.registry
      .addable(
        { staff: false },
        had.map((kind) => ({ kind })),
      )
      .map(({ definition }) => definition.kind);

  it('allow one factor of a single kind and five of a multiple kind, and never a recovery set', () => {
    expect(kinds()).toEqual(['numbers', 'keys']);
    expect(kinds('numbers', 'words')).toEqual(['keys']);
    expect(kinds('numbers', ...Array<string>(4).fill('keys'))).toEqual(['keys']);
    expect(kinds(...Array<string>(5).fill('keys'))).toEqual(['numbers']);
  });
});
