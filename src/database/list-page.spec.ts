import { listPage, placeText, readPlace } from './list-page.js';

describe('a page of a list', () => {
  const rows = ['first', 'second', 'third'];
  const find = (limit: number) => Promise.resolve(rows.slice(0, limit));

  it('names the row before the next page', async () => {
    expect(await listPage(2, find)).toEqual({ shown: ['first', 'second'], last: 'second' });
  });

  it('has no next page where there is none', async () => {
    expect(await listPage(3, find)).toEqual({ shown: rows, last: undefined });
  });
});

describe('a place of a list', () => {
  it('is found again by its text', () => {
    const place = { at: Date.UTC(2030, 0, 1), id: 'b1946ac9-2d49-4f0a-8f3e-000000000000' };
    expect(readPlace(placeText(place))).toEqual(place);
  });

  it.each(['', 'x', '12', '12-', '-x', '1e3-x', '1234567890123456-x', "1-' OR 1=1", `1-${'x'.repeat(65)}`])(
    'is never read from “%s”',
    (text) => {
      expect(readPlace(text)).toBeUndefined();
    },
  );
});
