import { Brackets } from 'typeorm';
import { normalEmail } from '../../../accounts/account.js';

/** The length of the longest e-mail address; longer texts occur in no name and no address. */
export const longestSearch = 254;

/** The words of a search. */
export function searchWords(text: string): string[] {
  return text.split(' ').filter((word) => word !== '');
}

/**
 * One condition for each word: it occurs in the name or in the e-mail address of the account, or the account is one of its
 * owners.
 */
export function searchConditions(
  words: readonly string[],
  owners: ReadonlyMap<string, readonly string[]>,
): Brackets[] {
  return words.map((word, index) => hasWord(word, index, owners.get(word) ?? []));
}

function hasWord(word: string, index: number, owners: readonly string[]): Brackets {
  const [lower, email] = [`lower${index}`, `email${index}`];
  return new Brackets((where) => {
    where.where(`LOWER(account.name) LIKE :${lower} ESCAPE '!'`, { [lower]: pattern(word.toLowerCase()) });
    where.orWhere(`account.email LIKE :${email} ESCAPE '!'`, { [email]: pattern(normalEmail(word)) });
    if (owners.length > 0)
      where.orWhere(`account.id IN (:...owners${index})`, { [`owners${index}`]: owners });
    spellings(word).forEach((spelling, place) => {
      const name = `name${index}_${place}`;
      where.orWhere(`account.name LIKE :${name} ESCAPE '!'`, { [name]: pattern(spelling) });
    });
  });
}

/** SQLite's LOWER changes only ASCII letters, so the word is searched as typed and with a capital letter. */
function spellings(word: string): string[] {
  const [first = '', ...rest] = word;
  return [...new Set([word, first.toUpperCase() + rest.join('').toLowerCase()])];
}

/**
 * Wildcards of LIKE are escaped. The escape character is `!` and not `\`, because MySQL interprets backslashes in strings
 * itself.
 */
function pattern(word: string): string {
  return `%${word.replace(/[!%_]/g, '!$&')}%`;
}
