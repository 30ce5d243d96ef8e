import { lengthWithout, wordsOf, wordsOfAddress } from './own-words.js';

describe('the words of a person', () => {
  it('are those of the name, without short ones', () => {
    expect(wordsOf('Ann-Marie O’Neill Ö')).toEqual(['ann', 'marie', 'neill']);
  });

  it('are those of the e-mail address, without the end of its domain', () => {
    expect(wordsOfAddress('Alice.B_Miller+shop@mail.example.com')).toEqual([
      ...['alice', 'b_miller', 'shop', 'mail', 'example'].flatMap((word) =>
        word.split('_').filter((part) => part.length > 2),
      ),
    ]);
  });
});

describe('the length of a password without these words', () => {
  it.each([
    ['ann', 0],
    ['Ann 1984!', 5],
    ['ANNANN', 0],
    ['annemarie', 6],
    ['a long walk', 9],
  ])('%s: %i', (password, length) => {
    expect(lengthWithout(['ann'], password)).toBe(length);
  });

  it('takes the longest word first', () => {
    expect(lengthWithout(['ann', 'annemarie'], 'annemarie7')).toBe(1);
  });
});
