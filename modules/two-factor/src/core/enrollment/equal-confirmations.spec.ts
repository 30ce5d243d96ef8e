import { Person } from '../fixtures/person.fixture.js';
import { TestHost } from '../fixtures/test-host.fixture.js';

describe('a set-up', () => {
  const testHost = new TestHost();

  it('confirmed twice at the same moment creates one factor', async () => {
    const ann = new Person(testHost);
    await ann.begins();
    const both = await Promise.allSettled([ann.proves(ann.code()), ann.proves(ann.code())]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(both.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'CONFLICT' } });
    expect((await ann.accountState()).factors.map(({ kind }) => kind).sort()).toEqual(['numbers', 'words']);
  });

  it('confirmed by two equal forms at the same moment creates one factor, and both get it', async () => {
    const ann = new Person(testHost);
    await ann.begins();
    const sends = () => ann.proves(ann.code(), testHost.numbers, true);
    const [one, other] = await Promise.all([sends(), sends()]);
    expect(other).toMatchObject({ ...one, issued: [{ codes: ann.words }] });
    expect((await ann.accountState()).factors.map(({ kind }) => kind).sort()).toEqual(['numbers', 'words']);
  });
});
