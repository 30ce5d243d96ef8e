import { emptyWords, fileName, noRepeatedName } from './names.mjs';
import { functionLines, parameterCount } from './sizes.mjs';
import { spreadFirst } from './spreads.mjs';

/** The rules of this house that no published plugin knows. */
export const house = {
  rules: {
    'empty-words': emptyWords,
    'file-name': fileName,
    'function-lines': functionLines,
    'no-repeated-name': noRepeatedName,
    'parameter-count': parameterCount,
    'spread-first': spreadFirst,
  },
};
