import { aToken } from '../../testing/contract/samples.js';
import { MemoryStores } from '../../testing/memory.stores.js';
import { DamagedFactor, MissingKey, WrongKey } from '../common/errors.js';
import { TestHost } from '../fixtures/test-host.fixture.js';
import { OpenKeyRing } from '../fixtures/key-ring.fixture.js';
import { Person } from '../fixtures/person.fixture.js';

/** Nodes over the same tables, each with a ring of its own. */
class Nodes {
  readonly stores = new MemoryStores();

  with(first: string, ...others: string[]): TestHost {
    return new TestHost({ stores: this.stores, box: new OpenKeyRing(first, ...others) });
  }

  /** Inserts drafts that a node with this key sealed. */
  async drafts(count: number, key: string): Promise<void> {
    const { secretStorage } = this.with(key);
    for (let i = 0; i < count; i += 1)
      await this.draft(`${key} ${i}`, (token) => secretStorage.sealToken({ i }, token));
  }

  async draft(key: string, seal: (token: ReturnType<typeof aToken>) => string): Promise<void> {
    const token = aToken('ann', { purpose: 'draft', key });
    await this.stores.tokens.insert({ ...token, sealed: seal(token) });
  }
}

/** A node with another key of this id: it decrypts no value that names it. */
function mistaken(nodes: Nodes, id: string, ...others: string[]): TestHost {
  const testHost = nodes.with(id, ...others);
  const open = testHost.box.open.bind(testHost.box);
  testHost.box.open = (sealed, label) => {
    if (testHost.box.keyOf(sealed)?.id === id) throw new DamagedFactor('Another key.');
    return open(sealed, label);
  };
  return testHost;
}

describe('a start', () => {
  it('has no warning where the ring decrypts all values, or there are none', async () => {
    const nodes = new Nodes();
    expect(await nodes.with('new').fit.findFaults()).toEqual([]);
    await nodes.drafts(3, 'old');
    expect(await nodes.with('new', 'old').fit.findFaults()).toEqual([]);
  });

  it('continues where only one value in ten can be decrypted, and names key, stores and numbers', async () => {
    const nodes = new Nodes();
    const { id } = await Person.protectedBy(nodes.with('lost'));
    await nodes.stores.tokens.discard(id);
    await nodes.drafts(7, 'lost');
    await nodes.drafts(1, 'old');
    const [fault, ...others] = await nodes.with('old').fit.findFaults();
    expect(fault).toMatch(/no key "lost", which sealed 2 factors, 7 drafts\. .*put the key back/);
    expect(others).toEqual([]);
  });

  it('is refused where fewer values can be decrypted, and names the missing keys', async () => {
    const nodes = new Nodes();
    await nodes.drafts(8, 'old');
    await nodes.drafts(2, 'older');
    await nodes.drafts(1, 'new');
    const started = nodes.with('new').fit.findFaults();
    await expect(started).rejects.toBeInstanceOf(MissingKey);
    await expect(started).rejects.toThrow(/no key ("old" and "older"|"older" and "old"),/);
    await expect(nodes.with('fresh').fit.findFaults()).rejects.toBeInstanceOf(MissingKey);
  });

  it('is refused where another key has the id of the key that sealed most values', async () => {
    const nodes = new Nodes();
    await nodes.drafts(2, 'old');
    const started = mistaken(nodes, 'old').fit.findFaults();
    await expect(started).rejects.toBeInstanceOf(WrongKey);
    await expect(started).rejects.toThrow('another key "old"');
    await nodes.drafts(1, 'new');
    const [fault, ...others] = await mistaken(nodes, 'old', 'new').fit.findFaults();
    expect(fault).toMatch(/key "old" .* opens nothing that names it: 2 drafts\./);
    expect(others).toEqual([]);
  });

  it('is refused with the error of the greater part, where only missing and wrong keys together are too many', async () => {
    const nodes = new Nodes();
    await nodes.drafts(4, 'old');
    await nodes.drafts(6, 'lost');
    await nodes.drafts(1, 'new');
    await expect(mistaken(nodes, 'old', 'new').fit.findFaults()).rejects.toBeInstanceOf(MissingKey);
  });

  it('continues with one value that cannot be decrypted, and with any amount of garbage', async () => {
    const nodes = new Nodes();
    await nodes.drafts(1, 'old');
    expect(await mistaken(nodes, 'old').fit.findFaults()).toEqual([]);
    for (let i = 0; i < 30; i += 1) await nodes.draft(`garbage ${i}`, () => 'garbage');
    expect(await nodes.with('old').fit.findFaults()).toEqual([
      expect.stringMatching(/^30 sealed values name no key: they are damaged\./),
    ]);
  });

  it('fails where the encryption itself fails', async () => {
    const nodes = new Nodes();
    await nodes.drafts(1, 'old');
    const node = nodes.with('old');
    node.box.open = () => {
      throw new TypeError('no box');
    };
    await expect(node.fit.findFaults()).rejects.toThrow('no box');
  });
});
