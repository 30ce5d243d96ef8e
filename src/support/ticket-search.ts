import { Brackets } from 'typeorm';

/** One condition for each word: it is the ticket's number, or it occurs in its subject. */
export function ticketConditions(text: string): Brackets[] {
  return text
    .split(' ')
    .filter((word) => word !== '')
    .map((word, index) => hasWord(word, index));
}

function hasWord(word: string, index: number): Brackets {
  const [number, subject] = [`number${index}`, `subject${index}`];
  return new Brackets((where) => {
    where.where(`ticket.number = :${number}`, { [number]: word.toUpperCase() });
    where.orWhere(`LOWER(ticket.subject) LIKE :${subject} ESCAPE '!'`, {
      [subject]: `%${word.toLowerCase().replace(/[!%_]/g, '!$&')}%`,
    });
  });
}
