import { spawnSync } from 'node:child_process';
import { FixedClock } from 'nestjs-two-factor/testing';
import { SystemClock } from '../../src/clock.js';
import { DocPage } from '../docs/support/doc-page.js';
import type { Visitor } from '../support/people/visitor.js';
import { CompiledHost } from './support/compiled-host.js';
import { Phone } from './support/phone.js';

const page = new DocPage('modules/two-factor/docs/first-host.md');
/** The packages are built, then the host. */
const patience = 240_000;

describe('the first host, pasted from its page', () => {
  const host = new CompiledHost({ built: ['typeorm-unit-of-work', 'nestjs-two-factor'] });
  let compilerSays: string;
  beforeAll(async () => {
    for (const { name, text } of page.files()) host.write(name, text);
    compilerSays = host.compile();
    spawnSync('sh', ['-c', page.code('sh', 'Keys')], { cwd: host.folder });
    const [, command = ''] = page.code('sh', 'Run it').trim().split('\n');
    await host.start(command.split(' ').slice(1), { PORT: '0' });
  }, patience);
  afterAll(() => host.close());

  /** A new user, signed in by the password. */
  async function signsUp(name: string): Promise<Visitor> {
    const visitor = host.visitor();
    await visitor.goes('/signup');
    await visitor.submits({ ...passwordOf(name), name });
    await visitor.submits(passwordOf(name));
    return visitor;
  }

  async function enables(visitor: Visitor): Promise<Phone> {
    await visitor.goes(visitor.page.link('Security'));
    await visitor.goes(visitor.page.link('Click here to Enable'));
    await visitor.presses('/account/security/two-factor/totp/setup');
    const uri = new URL(visitor.page.link('Open in authenticator app'));
    const phone = new Phone(uri.searchParams.get('secret') ?? '', new FixedClock(new SystemClock().now()));
    await visitor.submits({ code: phone.code(), label: 'My phone' });
    return phone;
  }

  it('compiles', () => {
    expect(compilerSays).toBe('');
  });

  it('signs a new user in by the password, and a stranger not', async () => {
    const visitor = await signsUp('Bob');
    expect(visitor.page.text).toContain('Signed in as Bob.');
    expect((await host.visitor().goes('/')).address).toBe('/login');
  });

  it('asks for the code at the next sign-in of a user who turned two-factor on', async () => {
    const visitor = await signsUp('Ann');
    const phone = await enables(visitor);
    expect(visitor.page.all('[data-backup-code]')).toHaveLength(10);

    const next = host.visitor();
    await next.signsIn(passwordOf('Ann'));
    expect(next.page.address).toBe('/login/challenge');
    expect((await next.twin().goes('/')).address).toBe('/login');
    // One step ahead: the code of the enrollment is used, and the test does not wait for the next one.
    await next.submits({ code: phone.code(1) });
    expect(next.page.text).toContain('Signed in as Ann.');
  });

  it('logs the events', async () => {
    await enables(await signsUp('Joe'));
    expect(host.log).toMatch(/two-factor\.enabled account=\d+/);
  });
});

function passwordOf(name: string) {
  return { email: `${name.toLowerCase()}@example.com`, password: `${name} likes hosting` };
}
