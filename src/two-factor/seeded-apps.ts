import { createHash } from 'node:crypto';
import { Encryption } from 'nestjs-two-factor';
import { Stores, type StoredFactor } from 'nestjs-two-factor/stores';
import { DataSource } from 'typeorm';
import { GateFlagRow } from '../auth/gates/gate-flag.entity.js';
import { Clock } from '../clock.js';
import type { AppContext } from '../portal/modules/operator-command.js';
import type { SeededAccount } from '../portal/modules/portal-module.js';
import { gateId } from './gate-id.js';

/** A complete set of factors: one app, in the set's first version. */
const primaries = 1;

/**
 * Gives accounts for load tests an authenticator app each, sealed by the real key ring. Its secret is public: SHA-1 of the
 * e-mail address. Accounts that ever had a factor stay unchanged. Returns the number of new apps.
 */
export async function enrollApps(place: AppContext, owners: readonly SeededAccount[]): Promise<number> {
  if (owners.length === 0) return 0;
  const [stores, box, clock] = [await place.get(Stores), await place.get(Encryption), await place.get(Clock)];
  // The flags come first, as in an enrollment: after a kill in between, accounts are protected too much, never too little.
  await raise(await place.get(DataSource), owners);
  return stores.transaction(async (unit) => {
    let enrolled = 0;
    for (const owner of owners) {
      if (!(await unit.factors.bumpVersion(owner.id, { primaryCount: 0, version: 0 }, primaries))) continue;
      await unit.factors.insert(appOf(owner, box, clock.now()));
      await unit.attempts.open(`account:${owner.id}`);
      enrolled += 1;
    }
    return enrolled;
  });
}

async function raise(database: DataSource, owners: readonly SeededAccount[]): Promise<void> {
  const rows = owners.map(({ id }) => ({ accountId: id, gate: gateId, raised: 1, version: 1 }));
  const insertion = database.createQueryBuilder().insert().into(GateFlagRow).values(rows);
  await insertion.orIgnore().updateEntity(false).execute();
}

function appOf({ id: accountId, email }: SeededAccount, box: Encryption, createdAt: number): StoredFactor {
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
