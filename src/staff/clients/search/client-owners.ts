import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Statements } from 'typeorm-unit-of-work';

/** The most words of a search that are looked up. */
const mostWords = 5;

/** The longest domain name (RFC 1035 §2.3.4). */
const longest = 253;

/** Each part is one look-up in an index. */
const owners = `SELECT account_id FROM services WHERE label IN (:names)
  UNION SELECT account_id FROM invoices WHERE number = :number
  UNION SELECT account_id FROM tickets WHERE number = :number`;

/** The accounts that a domain, an invoice or a ticket belongs to. */
@Injectable()
export class ClientOwners {
  constructor(private readonly database: DataSource) {}

  /** By word; words that look like neither a domain nor a number are left out. One statement for each other word. */
  async of(words: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> {
    const asked = words.filter((word) => /[.\d]/.test(word) && word.length <= longest).slice(0, mostWords);
    const found = new Map<string, readonly string[]>();
    for (const word of asked) found.set(word, await this.ownersOf(word));
    return found;
  }

  private async ownersOf(word: string): Promise<readonly string[]> {
    const name = word
      .toLowerCase()
      .replace(/^(https?:\/\/)?(www\.)?/, '')
      .replace(/[./]+$/, '');
    const values = { names: [name, `www.${name}`, word], number: word.toUpperCase() };
    const rows = await new Statements(this.database).query<{ account_id: string }>(owners, values);
    return rows.map(({ account_id: id }) => id);
  }
}
