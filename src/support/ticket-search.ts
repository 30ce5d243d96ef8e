import { Brackets } from 'typeorm';

/** A whole number, as people quote it. It is looked up, so that nothing else is read. */
const wholeNumber = /^T-[0-9A-Z]{8}$/;

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
    if (wholeNumber.test(word.toUpperCase())) return;
    where.orWhere(`LOWER(ticket.subject) LIKE :${subject} ESCAPE '!'`, {
      [subject]: `%${word.toLowerCase().replace(/[!%_]/g, '!$&')}%`,
    });
  });
}
