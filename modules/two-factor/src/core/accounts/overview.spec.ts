import { House } from '../fixtures/house.fixture.js';
import { Person } from '../fixtures/person.fixture.js';

const house = new House();

describe('how an account stands', () => {
  it('is told with what its owner calls things, when they were made and used, and without secrets', async () => {
    const ann = new Person(house);
    const createdAt = house.clock.now();
    await ann.enrols();
    house.clock.advance(60_000);
    await ann.signsInWith(ann.code());
    const factor = (await ann.standing()).factors.find(({ kind }) => kind === 'numbers');
    expect(await house.overview.of(ann.id)).toEqual({
      ...{ enabled: true, damaged: false, left: { wordsLeft: 5 } },
      factors: [
        { id: factor!.id, kind: 'numbers', label: 'Phone', createdAt, lastUsedAt: house.clock.now() },
      ],
      recoveries: [{ kind: 'words', left: 5, of: 5, createdAt }],
    });
  });

  it('without factors is nothing', async () => {
    const nothing = { enabled: false, damaged: false, factors: [], left: {}, recoveries: [] };
    expect(await house.overview.of(new Person(house).id)).toEqual(nothing);
  });

  it('is damaged where a recovery set cannot be opened, which is then left out', async () => {
    const ann = await Person.protectedBy(house);
    const words = (await ann.standing()).factors.find(({ kind }) => kind === 'words')!;
    await house.stores.factors.update(words, { sealed: 'cut off', lastUsedAt: 0 });
    expect(await house.overview.of(ann.id)).toMatchObject({ damaged: true, left: {}, recoveries: [] });
  });

  it('is not told where a defect is in the way', async () => {
    const own = new House();
    const ann = await Person.protectedBy(own);
    own.words.left = () => {
      throw new TypeError('oops');
    };
    await expect(own.overview.of(ann.id)).rejects.toThrow('oops');
  });
});

describe('what may be added', () => {
  const kinds = (...had: string[]) =>
    house.registry
      .addable(
        { staff: false },
        had.map((kind) => ({ kind })),
      )
      .map(({ card }) => card.kind);

  it('is one of a kind there is once, five of one there are several of, and never a recovery set', () => {
    expect(kinds()).toEqual(['numbers', 'keys']);
    expect(kinds('numbers', 'words')).toEqual(['keys']);
    expect(kinds('numbers', ...Array<string>(4).fill('keys'))).toEqual(['keys']);
    expect(kinds(...Array<string>(5).fill('keys'))).toEqual(['numbers']);
  });
});
