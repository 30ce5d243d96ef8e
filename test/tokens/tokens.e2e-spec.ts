import type { LoggerService } from '@nestjs/common';
import { AccountRow } from '../../src/accounts/account.entity.js';
import { ApiTokenRow } from '../../src/api-tokens/rows/api-token.entity.js';
import { AuditEntryRow } from '../../src/audit/audit-entry.entity.js';
import { SessionRow } from '../../src/auth/sessions/rows/session.entity.js';
import { forEachDatabase } from '../support/databases/databases.js';
import { confirms, owner, type Owner } from '../support/people/owner.js';
import { confirmsAct, makesToken, Program } from '../support/people/program.js';
import { portal, type Portal } from '../support/portal/portal.js';

const day = 86_400_000;

forEachDatabase('an API token on', (database) => {
  let site: Portal;
  let ann: Owner;
  const logged: string[] = [];
  beforeAll(async () => {
    const log = (...words: unknown[]) => void logged.push(words.map(String).join(' '));
    const logger: LoggerService = { log, error: log, warn: log, debug: log, verbose: log, fatal: log };
    site = await portal({ database, logger });
    ann = await owner(site, 'Ann');
  });
  afterAll(() => site.close());

  const row = (id: string) => site.database.manager.findOneByOrFail(ApiTokenRow, { id });
  const refused = async (program: Program, path = '/services') => {
    const { status, body, headers } = await program.asks('GET', path);
    return [status, body['code'], headers.get('www-authenticate')];
  };
  const invalid = [401, 'INVALID_TOKEN', 'Bearer realm="Client Area", error="invalid_token"'];

  it('is made on the page after a step-up, shown once, and opens what its scopes name', async () => {
    site.clock.passesSeconds(301);
    await ann.visitor.goes('/account/tokens');
    const asked = await ann.visitor.submits(
      { name: 'Backup job', scopes: 'services:read' },
      '/account/tokens',
    );
    expect(asked.text).toContain('Make an API token');
    const made = await confirms(ann, ann.visitor);
    const [token = ''] = made.all('[data-api-token]');
    expect(token).toMatch(/^clientarea_\w{49}$/);
    expect([made.status, made.headers.get('cache-control')]).toEqual([200, 'no-store']);
    expect((await new Program(site, token).asks('GET', '/services')).status).toBe(200);
    const listed = await ann.visitor.goes('/account/tokens');
    expect([listed.text.includes('Backup job'), listed.html.includes(token)]).toEqual([true, false]);
  });

  it('is not made without a step-up', async () => {
    site.clock.passesSeconds(601);
    const before = await site.database.manager.count(ApiTokenRow);
    const fields = { name: 'No proof', scopes: ['services:read'] };
    const { status, body } = await ann.visitor.asks('POST', '/account/tokens', fields);
    expect([status, body['code']]).toEqual([403, 'STEP_UP_REQUIRED']);
    expect(await site.database.manager.count(ApiTokenRow)).toBe(before);
  });

  it('is in no table, log, mail or event', async () => {
    const program = await makesToken(site, ann);
    await program.asks('GET', '/services');
    await site.settled();
    const mails = JSON.stringify(await site.inbox.of(ann.person.email));
    expect([mails.includes('API token was made'), mails.includes(program.token)]).toEqual([true, false]);
    expect(logged.join('\n')).not.toContain(program.token.slice(0, 30));
    for (const { tableName } of site.database.entityMetadatas) {
      const rows = await site.database.query<unknown[]>(`SELECT * FROM ${tableName}`);
      expect([tableName, JSON.stringify(rows).includes(program.token.slice(0, 30))]).toEqual([
        tableName,
        false,
      ]);
    }
  });

  it('creates no session and sets no cookie, whatever it asks for', async () => {
    const program = await makesToken(site, ann);
    const before = await site.database.manager.count(SessionRow);
    for (const [method, path] of [
      ['GET', '/services'],
      ['GET', '/nowhere'],
      ['POST', '/tickets'],
      ['GET', '/account/tokens'],
    ] as const) {
      const { headers } = await program.asks(method, path, method === 'GET' ? undefined : {}, {
        Accept: 'text/html',
      });
      expect([path, headers.getSetCookie()]).toEqual([path, []]);
      expect([path, headers.get('content-type')]).toEqual([path, expect.stringContaining('json')]);
    }
    expect(await site.database.manager.count(SessionRow)).toBe(before);
  });

  it('is not helped by the cookie of its owner, and does not use it', async () => {
    const program = await makesToken(site, ann, { scopes: ['services:read'] });
    const Cookie = ann.visitor.cookies.header;
    expect((await program.asks('GET', '/account/tokens', undefined, { Cookie })).status).toBe(403);
    const stranger = new Program(
      site,
      `${program.token.slice(0, -1)}${program.token.endsWith('x') ? 'y' : 'x'}`,
    );
    expect((await stranger.asks('GET', '/services', undefined, { Cookie })).status).toBe(401);
  });

  it('is read from the header alone', async () => {
    const { token } = await makesToken(site, ann);
    const stranger = site.visitor();
    expect((await stranger.asks('GET', `/services?access_token=${token}`)).status).toBe(401);
    expect(
      (await stranger.asks('POST', '/tickets', { access_token: token, subject: 'x', body: 'x' })).status,
    ).toBe(401);
    expect(
      (await stranger.asks('GET', '/services', undefined, { Authorization: `Basic ${token}` })).status,
    ).toBe(401);
  });

  it('of another issuer leaves people alone: a proxy may send one', async () => {
    const { status } = await ann.visitor.asks('GET', '/services', undefined, {
      Authorization: 'Bearer eyJhbGciOi.x.y',
    });
    expect(status).toBe(200);
  });

  it('is refused without the scope, and names the scope that it needs', async () => {
    const program = await makesToken(site, ann, { scopes: ['invoices:read'] });
    expect((await program.asks('GET', '/invoices')).status).toBe(200);
    expect(await refused(program)).toEqual([
      403,
      'INSUFFICIENT_SCOPE',
      'Bearer realm="Client Area", error="insufficient_scope", scope="services:read"',
    ]);
  });

  it('is refused when it is invented, mistyped or empty, with one line for fail2ban', async () => {
    const { token } = await makesToken(site, ann);
    for (const wrong of [
      token.slice(0, -1),
      `${token}x`,
      'clientarea_',
      `clientarea_${'0'.repeat(49)}`,
      token.toLowerCase(),
    ]) {
      const program = new Program(site, wrong);
      expect(await refused(program)).toEqual(invalid);
      expect(logged.join('\n')).toContain(`refused token ip=${program.address} reason=malformed`);
    }
  });

  it('ends when its owner revokes it, at once', async () => {
    const program = await makesToken(site, ann, { name: 'To revoke' });
    await ann.visitor.goes('/account/tokens');
    const page = await ann.visitor.presses(`/account/tokens/${program.id}/revoke`);
    expect([page.address, page.text.includes('To revoke')]).toEqual(['/account/tokens?done=revoked', false]);
    expect(await refused(program)).toEqual(invalid);
    expect((await ann.visitor.asks('POST', `/account/tokens/${program.id}/revoke`)).status).toBe(404);
  });

  it('is not revoked or seen by another person', async () => {
    const program = await makesToken(site, ann, { name: 'Only hers' });
    const bob = await owner(site, 'Bob');
    expect((await bob.visitor.asks('POST', `/account/tokens/${program.id}/revoke`)).status).toBe(404);
    expect(JSON.stringify((await bob.visitor.asks('GET', '/account/tokens')).body)).not.toContain(
      'Only hers',
    );
    expect((await program.asks('GET', '/services')).status).toBe(200);
  });

  it('ends after its days, which are 90 unless others are chosen', async () => {
    const eve = await owner(site, 'Eve');
    const program = await makesToken(site, eve);
    const short = await makesToken(site, eve, { expiresInDays: 1 });
    const [usual, least] = [await row(program.id), await row(short.id)];
    expect([usual.expiresAt - usual.createdAt, least.expiresAt - least.createdAt]).toEqual([90 * day, day]);
    await site.database.manager.update(ApiTokenRow, { id: short.id }, { expiresAt: site.clock.now() + 1 });
    expect((await short.asks('GET', '/services')).status).toBe(200);
    site.clock.advance(1);
    expect(await refused(short)).toEqual(invalid);
  });

  it.each([
    [{ name: '' }, 'name'],
    [{ name: 'x'.repeat(61) }, 'name'],
    [{ name: 'a\nb' }, 'name'],
    [{ scopes: [] }, 'scopes'],
    [{ scopes: ['services:read', 'account:write'] }, 'scopes'],
    [{ scopes: 'everything' }, 'scopes'],
    [{ expiresInDays: 0 }, 'expiresInDays'],
    [{ expiresInDays: 366 }, 'expiresInDays'],
    [{ expiresInDays: 1.5 }, 'expiresInDays'],
    [{ expiresInDays: 'soon' }, 'expiresInDays'],
    [{ expiresInDays: { toString: 'x' } }, 'expiresInDays'],
  ])('is not made with %j', async (odd, field) => {
    await confirmsAct(site, ann);
    const fields = Object.assign({ name: 'Odd', scopes: ['services:read'], expiresInDays: 90 }, odd);
    const { status, body } = await ann.visitor.asks('POST', '/account/tokens', fields);
    expect([status, body['code'], Object.keys(body['fields'] as object)]).toEqual([
      400,
      'INVALID_INPUT',
      [field],
    ]);
  });

  it('has a name that no other valid token of the account has', async () => {
    await makesToken(site, ann, { name: 'One of a kind' });
    await expect(makesToken(site, ann, { name: 'One of a kind' })).rejects.toThrow('tokens.name-taken');
  });

  it('is one of at most 20', async () => {
    const kim = await owner(site, 'Kim');
    await confirmsAct(site, kim);
    const made = [];
    for (let number = 1; number <= 21; number++) {
      const fields = { name: `Number ${number}`, scopes: ['services:read'] };
      made.push((await kim.visitor.asks('POST', '/account/tokens', fields)).status);
    }
    expect(made).toEqual([...Array<number>(20).fill(200), 400]);
  });

  it('is listed with its last use: time and address, noted at most once a minute', async () => {
    const program = await makesToken(site, ann, { name: 'Seen' });
    expect((await row(program.id)).lastUsedAt).toBeNull();
    await program.asks('GET', '/services');
    const first = site.clock.now();
    site.clock.passesSeconds(59);
    await program.asks('GET', '/services');
    expect(await row(program.id)).toMatchObject({ lastUsedAt: first, lastUsedAddress: program.address });
    site.clock.passesSeconds(1);
    await program.asks('GET', '/services');
    expect((await row(program.id)).lastUsedAt).toBe(first + 60_000);
    expect((await ann.visitor.goes('/account/tokens')).text).toContain(program.address);
  });

  it('stays valid after a new password, and the pages say so', async () => {
    const pam = await owner(site, 'Pam');
    const program = await makesToken(site, pam, { name: 'Survivor' });
    await confirmsAct(site, pam);
    await pam.visitor.goes('/account/password');
    const page = await pam.visitor.submits({ newPassword: 'another long password' });
    expect(page.text).toContain('1 API token of your account stays valid');
    expect((await program.asks('GET', '/services')).status).toBe(200);
    expect((await pam.visitor.goes('/account/tokens')).text).toContain(
      'Made before the last change of your password',
    );
  });

  it('is refused while its account is suspended', async () => {
    const sue = await owner(site, 'Sue');
    const program = await makesToken(site, sue);
    await site.database.manager.update(AccountRow, { id: sue.person.id }, { suspendedAt: site.clock.now() });
    expect(await refused(program)).toEqual(invalid);
    expect(logged.join('\n')).toContain(`refused token ip=${program.address} reason=suspended`);
  });

  it('may send 300 requests in a minute', async () => {
    const program = await makesToken(site, ann);
    for (let sent = 0; sent < 300; sent++) await program.asks('GET', '/approvals/x');
    const { status, headers, body } = await program.asks('GET', '/services');
    expect([status, body['code'], Number(headers.get('retry-after')) <= 60]).toEqual([
      429,
      'TOO_MANY_ATTEMPTS',
      true,
    ]);
    site.clock.passesSeconds(61);
    expect((await program.asks('GET', '/services')).status).toBe(200);
  });

  it('gets only JSON and sends only JSON', async () => {
    const program = await makesToken(site, ann);
    const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
    const { status, body } = await program.asks('POST', '/tickets', 'subject=x&body=y', headers);
    expect([status, body['code']]).toEqual([400, 'INVALID_INPUT']);
    const opened = await program.asks('POST', '/tickets', { subject: 'Disk', body: 'It is full.' });
    expect(opened.status).toBe(200);
    expect((await program.asks('GET', `/tickets/${String(opened.body['id'])}`)).status).toBe(200);
  });

  it('is named in the events of what it did, and its own events have no secret', async () => {
    const program = await makesToken(site, ann, { name: 'Named' });
    await program.asks('POST', '/tickets', { subject: 'Disk', body: 'It is full.' });
    await ann.visitor.asks('POST', `/account/tokens/${program.id}/revoke`);
    await site.settled();
    const entries = await site.database.manager.find(AuditEntryRow, {
      where: { accountId: ann.person.id },
      order: { at: 'ASC' },
    });
    const told = entries.filter(({ data }) => data.includes(program.id));
    expect(told.map(({ name, actorType, actorId }) => [name, actorType, actorId])).toEqual(
      expect.arrayContaining([
        ['token.created', 'account', ann.person.id],
        ['ticket.opened', 'account', ann.person.id],
        ['token.revoked', 'account', ann.person.id],
      ]),
    );
    expect(told).toHaveLength(3);
  });
});
