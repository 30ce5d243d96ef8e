import { randomBytes, randomUUID } from 'node:crypto';
import { jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { forEachDatabase } from '../../../test/support/databases/databases.js';
import { type Scratch, scratchDatabase } from '../../../test/support/databases/scratch-database.js';
import type { Config } from '../../config.js';
import { EppCodes } from '../epp-codes.js';
import { ServiceRow } from './service.entity.js';
import type { Hosting, NewDomain } from './service.js';
import { Services } from './services.service.js';

const key = () => `k${randomBytes(4).toString('hex')}:${randomBytes(32).toString('base64')}`;
const price = { cents: 1499, currency: 'EUR', status: 'active', startedAt: 5 } as const;

function domain(facts: Partial<NewDomain> = {}): NewDomain {
  const own = { id: randomUUID(), kind: 'domain', label: 'ann.example', cycle: 'yearly' } as const;
  return {
    ...own,
    ...price,
    ...{ dueAt: 9, expiresAt: 10, registrarLock: true, eppCode: 'Ab-3$xyz' },
    ...facts,
  };
}

function hosting(facts: Partial<Hosting> = {}): Hosting {
  const own = { id: randomUUID(), kind: 'hosting', label: 'ann.example', cycle: 'monthly' } as const;
  const [disk, traffic] = [
    { usedMb: 3_200, limitMb: 10_000 },
    { usedMb: 71, limitMb: null },
  ];
  return { ...own, ...price, ...{ dueAt: 8, package: 'Business', server: 'web04', disk, traffic }, ...facts };
}

forEachDatabase('on', (kind) => {
  let scratch: Scratch;
  beforeAll(async () => (scratch = await scratchDatabase(kind)));
  afterAll(() => scratch.close());

  function rooms(twoFactorKeys = key()) {
    const eppCodes = new EppCodes(scratch.database, { twoFactorKeys } as Config);
    return { eppCodes, services: new Services(scratch.database, eppCodes) };
  }

  describe('services', () => {
    it('are read as they were added, soonest due first', async () => {
      const [ann, { services }] = [randomUUID(), rooms()];
      const [plan, name] = [hosting(), domain()];
      await services.add(ann, [name, plan]);
      const { eppCode: _, ...shown } = name;
      expect(await services.ofAccount(ann)).toEqual([plan, { ...shown, hasEppCode: true, nameservers: [] }]);
    });

    it('are their owner’s alone', async () => {
      const [ann, bob, { services, eppCodes }] = [randomUUID(), randomUUID(), rooms()];
      const hers = domain();
      await services.add(ann, [hers]);
      expect(await services.ofAccount(bob)).toEqual([]);
      expect(await services.find(bob, hers.id)).toBeNull();
      expect(await eppCodes.open(bob, hers.id)).toBeNull();
      expect((await services.find(ann, hers.id))?.id).toBe(hers.id);
    });

    it.each(['', ' ', '\0', "' OR 1=1", '0', 'x'.repeat(65), '__proto__', '💥'])(
      'are not found under %j, and neither is a code',
      async (id) => {
        const [ann, { services, eppCodes }] = [randomUUID(), rooms()];
        await services.add(ann, [domain()]);
        expect([await services.find(ann, id), await eppCodes.open(ann, id)]).toEqual([null, null]);
      },
    );
  });

  describe('an EPP code', () => {
    const rowOf = (id: string) => scratch.database.manager.findOneByOrFail(ServiceRow, { id });

    it('opens for its owner, and is encrypted in every row', async () => {
      const [ann, { services, eppCodes }, name] = [randomUUID(), rooms(), domain()];
      await services.add(ann, [name]);
      expect(await eppCodes.open(ann, name.id)).toBe('Ab-3$xyz');
      expect(JSON.stringify(await rowOf(name.id))).not.toContain('Ab-3');
    });

    it('is none where the registrar gave none, and never a hosting plan’s', async () => {
      const [ann, { services, eppCodes }] = [randomUUID(), rooms()];
      const [bare, plan] = [domain({ eppCode: null }), hosting()];
      await services.add(ann, [bare, plan]);
      expect([await eppCodes.open(ann, bare.id), await eppCodes.open(ann, plan.id)]).toEqual([null, null]);
      expect(await services.find(ann, bare.id)).toMatchObject({ hasEppCode: false });
    });

    it('does not open in another row, nor under another key ring; the error does not contain the code', async () => {
      const said = jest.spyOn(Logger.prototype, 'error').mockImplementation(() => undefined);
      const [ann, ring] = [randomUUID(), key()];
      const { services, eppCodes } = rooms(ring);
      const [one, other] = [domain(), domain({ eppCode: 'another' })];
      await services.add(ann, [one, other]);
      const { eppSealed } = await rowOf(one.id);
      await scratch.database.manager.update(ServiceRow, { id: other.id }, { eppSealed });
      const refused = expect.objectContaining({ code: 'UNAVAILABLE', status: 503 }) as unknown;
      await expect(eppCodes.open(ann, other.id)).rejects.toEqual(refused);
      await expect(rooms().eppCodes.open(ann, one.id)).rejects.toEqual(refused);
      expect(await rooms(`${key()},${ring}`).eppCodes.open(ann, one.id)).toBe('Ab-3$xyz');
      expect(JSON.stringify(said.mock.calls)).toContain(other.id);
      expect(JSON.stringify(said.mock.calls)).not.toContain('Ab-3');
      said.mockRestore();
    });
  });
});
