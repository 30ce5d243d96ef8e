import { aToken } from '../../testing/contract/samples.js';
import { MemoryStores } from '../../testing/memory.stores.js';
import { TestHost } from '../fixtures/test-host.fixture.js';
import { OpenKeyRing } from '../fixtures/key-ring.fixture.js';
import { Person } from '../fixtures/person.fixture.js';
import type { SealedStore } from '../contracts/stores/sealed.store.js';

const operator = { type: 'cli', id: 'root' } as const;

/** Nodes over the same tables, each with a ring of its own. */
class Nodes {
  readonly stores = new MemoryStores();

  with(first: string, ...others: string[]): TestHost {
    return new TestHost({ stores: this.stores, box: new OpenKeyRing(first, ...others) });
  }

  /** Inserts drafts that this key sealed, or with the given sealed text. */
  async drafts(count: number, sealed?: string): Promise<void> {
    const secretStorage = this.with('old').secretStorage;
    for (let i = 0; i < count; i += 1) {
      const token = aToken('ann', { purpose: 'draft', key: `${sealed} ${i}` });
      await this.stores.tokens.insert({ ...token, sealed: sealed ?? secretStorage.sealToken({ i }, token) });
    }
  }

  get factors(): SealedStore {
    return this.stores.sealed[0]!;
  }
}

/** Returns Ann: an old key sealed her two factors and a draft. */
async function ofOldTimes() {
  const nodes = new Nodes();
  const ann = await Person.protectedBy(nodes.with('old'));
  await nodes.stores.tokens.discard(ann.id);
  await nodes.drafts(1);
  return { nodes, ann };
}

describe('the report of the keys', () => {
  it('says how many values each key sealed, and how many a missing key', async () => {
    const { nodes } = await ofOldTimes();
    const ben = new Person(nodes.with('new', 'old'));
    await ben.enrolls();
    await nodes.stores.tokens.discard(ben.id);
    await nodes.drafts(1, 'garbage');
    const old = { id: 'old', sealed: { factors: 2, drafts: 1, 'removed-factors': 0 } };
    const fresh = {
      id: 'new',
      fingerprint: 'print of new',
      sealed: { factors: 2, drafts: 0, 'removed-factors': 0 },
    };
    expect(await nodes.with('new', 'old').ring.report()).toEqual({
      keys: [fresh, { ...old, fingerprint: 'print of old' }],
      missing: [],
      unreadable: 1,
    });
    expect(await nodes.with('new').ring.report()).toEqual({ keys: [fresh], missing: [old], unreadable: 1 });
  });

  it('counts all values', async () => {
    const nodes = new Nodes();
    await nodes.drafts(200, 'garbage');
    await nodes.drafts(101);
    const { missing, unreadable } = await nodes.with('new').ring.report();
    expect([missing, unreadable]).toEqual([
      [{ id: 'old', sealed: { factors: 0, drafts: 101, 'removed-factors': 0 } }],
      200,
    ]);
  });
});

describe('resealing', () => {
  it('seals all values under the first key, keeps them readable, emits one event, and is not needed twice', async () => {
    const { nodes, ann } = await ofOldTimes();
    const { factors } = await ann.accountState();
    const before = factors.map((row) => ann.testHost.secretStorage.openFactor(row));
    const node = nodes.with('new', 'old');
    expect(await node.ring.reseal(operator)).toEqual({ key: 'new', resealed: 3, left: 0 });
    const alone = nodes.with('new');
    expect((await ann.accountState()).factors.map((row) => alone.secretStorage.openFactor(row))).toEqual(
      before,
    );
    expect(await node.ring.reseal(operator)).toEqual({ key: 'new', resealed: 0, left: 0 });
    await node.outboxRelay.settled();
    expect(node.sink.events).toMatchObject(
      [3, 0].map((count) => ({
        name: 'two-factor.secrets.resealed',
        data: { key: 'new', count },
        accountId: null,
        actor: operator,
        ip: null,
        userAgent: null,
        requestId: null,
      })),
    );
  });

  it('reports its progress after each hundred, over all stores', async () => {
    const { nodes } = await ofOldTimes();
    await nodes.drafts(249);
    const heard: number[] = [];
    const done = await nodes.with('new', 'old').ring.reseal(operator, (count) => heard.push(count));
    expect([done.resealed, heard]).toEqual([252, [2, 102, 202, 252]]);
  });

  it('leaves values that cannot be decrypted, and counts them', async () => {
    const { nodes, ann } = await ofOldTimes();
    await nodes.drafts(150, 'garbage');
    await nodes.drafts(1);
    const node = nodes.with('new', 'old');
    expect(await node.ring.reseal(operator)).toEqual({ key: 'new', resealed: 4, left: 150 });
    expect((await node.ring.report()).unreadable).toBe(150);
    expect((await ann.accountState()).damaged).toBe(false);
  });

  it('stops where the encryption itself fails', async () => {
    const { nodes } = await ofOldTimes();
    const node = nodes.with('new', 'old');
    node.box.open = () => {
      throw new TypeError('no box');
    };
    await expect(node.ring.reseal(operator)).rejects.toThrow('no box');
  });

  /** Changes a value between its first read and its replacement. */
  function meanwhile(store: SealedStore, change: (id: string, accountId: string) => Promise<unknown>): void {
    const replace = store.replace.bind(store);
    let isFirst = true;
    store.replace = async (value, sealed) => {
      const isNow = isFirst;
      isFirst = false;
      if (isNow) await change(value.id, value.accountId);
      return replace(value, sealed);
    };
  }

  it('never overwrites a value that has changed: it reads the value again', async () => {
    const { nodes, ann } = await ofOldTimes();
    meanwhile(nodes.factors, async (id) => {
      const row = (await ann.accountState()).factors.find((factor) => factor.id === id)!;
      await nodes.stores.factors.update(row, {
        sealed: ann.testHost.secretStorage.sealFactor({ newer: true }, row),
        lastUsedAt: 1,
      });
    });
    expect((await nodes.with('new', 'old').ring.reseal(operator)).resealed).toBe(3);
    const opened = (await ann.accountState()).factors.map(
      (row) => nodes.with('new').secretStorage.openFactor(row).data,
    );
    expect(opened).toContainEqual({ newer: true });
  });

  it('does not count values that another run sealed or that were removed', async () => {
    const sealedElsewhere = await ofOldTimes();
    meanwhile(sealedElsewhere.nodes.factors, () =>
      sealedElsewhere.nodes.with('new', 'old').ring.reseal(operator),
    );
    expect((await sealedElsewhere.nodes.with('new', 'old').ring.reseal(operator)).resealed).toBe(0);
    const gone = await ofOldTimes();
    meanwhile(gone.nodes.factors, (id, accountId) => gone.nodes.stores.factors.remove(id, accountId));
    expect(await gone.nodes.with('new', 'old').ring.reseal(operator)).toMatchObject({ resealed: 2, left: 0 });
  });

  it('repeats while other nodes still seal under the old key, five times at most', async () => {
    const { nodes } = await ofOldTimes();
    const drafts = nodes.stores.sealed[1]!;
    const others = drafts.others.bind(drafts);
    const run = (times: number) => {
      let left = times;
      drafts.others = async (fronts, after, limit) => {
        if (after === '' && left > 0) await nodes.drafts(1);
        if (after === '') left -= 1;
        return others(fronts, after, limit);
      };
      return nodes.with('new', 'old').ring.reseal(operator);
    };
    expect((await run(2)).resealed).toBe(5);
    expect((await run(1_000)).resealed).toBe(5);
  });
});
