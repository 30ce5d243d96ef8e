import { Brackets } from 'typeorm';
import { normalEmail } from '../../accounts/account.js';

/** As long as the longest e-mail address; longer texts are in no name and no address. */
export const longestSearch = 254;

/** One condition for each word: it is in the name or in the e-mail address of the account. */
export function searchConditions(text: string): Brackets[] {
  return text
    .split(' ')
    .filter((word) => word !== '')
    .map((word, index) => hasWord(word, index));
}

function hasWord(word: string, index: number): Brackets {
  const [lower, email] = [`lower${index}`, `email${index}`];
  return new Brackets((where) => {
    where.where(`LOWER(account.name) LIKE :${lower} ESCAPE '!'`, { [lower]: pattern(word.toLowerCase()) });
    where.orWhere(`account.email LIKE :${email} ESCAPE '!'`, { [email]: pattern(normalEmail(word)) });
    spellings(word).forEach((spelling, place) => {
      const name = `name${index}_${place}`;
      where.orWhere(`account.name LIKE :${name} ESCAPE '!'`, { [name]: pattern(spelling) });
    });
  });
}

/** SQLite's LOWER knows no letters but ASCII's: as typed, and as names are written. */
function spellings(word: string): string[] {
  const [first = '', ...rest] = word;
  return [...new Set([word, first.toUpperCase() + rest.join('').toLowerCase()])];
}

/** What LIKE takes for a wildcard is searched for as it is. `!` and not `\`: MySQL reads backslashes in texts itself. */
function pattern(word: string): string {
  return `%${word.replace(/[!%_]/g, '!$&')}%`;
}
