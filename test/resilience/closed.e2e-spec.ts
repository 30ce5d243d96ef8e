import { forEachDatabase } from '../support/databases/databases.js';
import { owner } from '../support/people/owner.js';
import { portal } from '../support/portal/portal.js';

/** The resources that keep this process alive, without files that are just read or written. */
function open(): string[] {
  const resources = process.getActiveResourcesInfo();
  return resources.filter((kind) => /Timeout|TCP|TLS|UDP|Pipe|Process|Worker/.test(kind)).sort();
}

/**
 * The open resources, when they equal `before` or after a second, because an answer to a closed connection takes a
 * moment.
 */
async function openAfter(before: readonly string[]): Promise<string[]> {
  const end = performance.now() + 1_000;
  while (open().join() !== before.join() && performance.now() < end) await new Promise(setImmediate);
  return open();
}

forEachDatabase('a portal that is closed, on', (database) => {
  it('leaves no timer, no connection and no server behind, whatever it did', async () => {
    const before = open();
    const site = await portal({ database, env: { MAILED_CODES: 'on' } });
    const ann = await owner(site, 'Ann');
    await site.visitor().asks('POST', '/login', { email: ann.person.email, password: 'another one' });
    await site.visitor().asks('POST', '/password/forgot', { email: ann.person.email });
    expect(open().length).toBeGreaterThan(before.length);
    await site.close();
    expect(await openAfter(before)).toEqual(before);
  });
});
