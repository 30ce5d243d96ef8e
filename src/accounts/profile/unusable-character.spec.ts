import { unusableCharacter } from './unusable-character.js';

describe('the character that a name cannot have', () => {
  it.each([
    ['Ann Le\u200f', 7, 'right-to-left-mark', 'U+200F'],
    ['a\u200eb', 2, 'left-to-right-mark', 'U+200E'],
    ['two\nlines', 4, 'line-break', 'U+000A'],
    ['a\tb', 2, 'tab', 'U+0009'],
    ['Ann\u202e', 4, 'direction-control', 'U+202E'],
    ['💌\u200b', 2, 'zero-width-space', 'U+200B'],
    ['  soft\u00adhyphen ', 7, 'soft-hyphen', 'U+00AD'],
    ['bell\u0007', 5, 'unknown', 'U+0007'],
    ['half \ud800', 6, 'unknown', 'U+D800'],
  ])('%j: at place %i', (text, place, name, code) => {
    expect(unusableCharacter(text)).toEqual({ place, name, code });
  });

  it.each(['', ' ', 'Ann', '  Zoë Ö’Neill \n', '山田 太郎', '💌'])('is not in %j', (text) => {
    expect(unusableCharacter(text)).toBeNull();
  });
});
