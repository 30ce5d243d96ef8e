import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Missed } from '../rate-limits/attempts.js';
import type { Refusal } from './prover.js';
import { Units, type Whereabouts } from '../outbox/units.js';

/** After these many consecutive misses behind a right password, the owner is mailed. */
const MAILED_AT: readonly number[] = [5, 20];

/** Tells of answers that were looked at and refused. Throttled ones are not told one by one. */
@Injectable()
export class Refusals {
  constructor(private readonly units: Units) {}

  async tell(
    place: 'challenge' | 'step-up',
    where: Whereabouts<string | null>,
    refusal: Refusal & Partial<Missed>,
  ): Promise<void> {
    const { kind, reason, locked } = refusal;
    await this.units.run(where, async (_stores, tell) => {
      tell(`two-factor.${place}.failed`, { kind, reason }, reason === 'copied' ? { notice: 'copied' } : {});
      if (locked) {
        const notice = MAILED_AT.includes(locked.misses) ? 'misses' : undefined;
        tell(
          'two-factor.challenge.locked',
          { ...locked, kind },
          { id: lockId(where.accountId ?? '', locked.until), notice },
        );
      }
    });
  }
}

/** One id for each wait: misses that end at the same moment tell of it once. */
function lockId(accountId: string, until: number): string {
  const hex = createHash('sha256').update(`${accountId} ${until}`).digest('hex');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');
}
