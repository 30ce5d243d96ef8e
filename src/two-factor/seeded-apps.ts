import { createHash } from 'node:crypto';
import { SecretBox, Stores, type StoredFactor } from 'nestjs-two-factor';
import { DataSource } from 'typeorm';
import { GateMarkRow } from '../auth/gates/gate-mark.entity.js';
import { Clock } from '../clock.js';
import type { CommandPlace } from '../portal/modules/operator-command.js';
import type { SeededAccount } from '../portal/modules/portal-module.js';
import { gateId } from './gate-id.js';

/** A whole set of factors: one app, in the set's first version. */
const primaries = 1;

/**
 * Gives accounts for load tests an authenticator app each, sealed by the real key ring, whose secret anybody can work out:
 * SHA-1 of the e-mail address. Accounts that ever had a factor stay as they are. Answers how many got one.
 */
export async function enrolApps(place: CommandPlace, owners: readonly SeededAccount[]): Promise<number> {
  if (owners.length === 0) return 0;
  const [stores, box, clock] = [await place.get(Stores), await place.get(SecretBox), await place.get(Clock)];
  // The marks first, as in a set-up: a kill in between leaves accounts too well protected, never too little.
  await raise(await place.get(DataSource), owners);
  return stores.together(async (unit) => {
    let enrolled = 0;
    for (const owner of owners) {
      if (!(await unit.factors.advance(owner.id, { primaries: 0, version: 0 }, primaries))) continue;
      await unit.factors.insert(appOf(owner, box, clock.now()));
      await unit.attempts.open(`account:${owner.id}`);
      enrolled += 1;
    }
    return enrolled;
  });
}

async function raise(database: DataSource, owners: readonly SeededAccount[]): Promise<void> {
  const rows = owners.map(({ id }) => ({ accountId: id, gate: gateId, raised: 1, version: 1 }));
  const insertion = database.createQueryBuilder().insert().into(GateMarkRow).values(rows);
  await insertion.orIgnore().updateEntity(false).execute();
}

function appOf({ id: accountId, email }: SeededAccount, box: SecretBox, createdAt: number): StoredFactor {
  const id = `seeded-${accountId}`;
  const data = JSON.stringify({ secret: secretOf(email), lastStep: 0 });
  const sealed = box.seal(data, { purpose: 'factor', accountId, id });
  return { id, accountId, kind: 'totp', label: 'Load test', sealed, version: 1, createdAt, lastUsedAt: null };
}

/** Base32 (RFC 4648 §6) of 160 bits, which fill 32 characters without padding. */
function secretOf(email: string): string {
  const bits = [...createHash('sha1').update(email).digest()].map((byte) =>
    byte.toString(2).padStart(8, '0'),
  );
  const groups = bits.join('').match(/.{5}/g) ?? [];
  return groups.map((group) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.charAt(parseInt(group, 2))).join('');
}
