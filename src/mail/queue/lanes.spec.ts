import { Lanes } from './lanes.js';

/** Jobs that run until the test ends them. */
function jobs() {
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const job = (name: string) => () => {
    begun.push(name);
    return new Promise<void>((end) => ends.set(name, end));
  };
  const end = (name: string) => {
    ends.get(name)?.();
    return new Promise(setImmediate);
  };
  return { begun, job, end };
}

describe('lanes', () => {
  it('never hold more than their number; the next begins when one has ended', async () => {
    const { begun, job, end } = jobs();
    const lanes = new Lanes(2, 10);
    for (const name of ['a', 'b', 'c', 'd']) lanes.enter(name, job(name));
    expect(begun).toEqual(['a', 'b']);
    await end('a');
    expect(begun).toEqual(['a', 'b', 'c']);
  });

  it('do nothing twice at the same time', () => {
    const { begun, job } = jobs();
    const lanes = new Lanes(2, 10);
    lanes.enter('a', job('a'));
    lanes.enter('a', job('a'));
    expect(begun).toEqual(['a']);
  });

  it('never keep more in mind than they are told', async () => {
    const { begun, job, end } = jobs();
    const lanes = new Lanes(1, 2);
    for (const name of ['a', 'b', 'c', 'd']) lanes.enter(name, job(name));
    for (const name of ['a', 'b', 'c', 'd']) await end(name);
    expect(begun).toEqual(['a', 'b', 'c']);
  });

  it('are not settled before the last one that waited has ended', async () => {
    const { begun, job, end } = jobs();
    const lanes = new Lanes(1, 10);
    lanes.enter('a', job('a'));
    lanes.enter('b', job('b'));
    let isSettled = false;
    const settled = lanes.settled().then(() => (isSettled = true));
    await end('a');
    expect([begun, isSettled]).toEqual([['a', 'b'], false]);
    await end('b');
    await settled;
  });

  it('begin nothing any more once they are cleared', async () => {
    const { begun, job, end } = jobs();
    const lanes = new Lanes(1, 10);
    lanes.enter('a', job('a'));
    lanes.enter('b', job('b'));
    lanes.clear();
    await end('a');
    expect(begun).toEqual(['a']);
  });
});
