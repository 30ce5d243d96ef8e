import { Catch, HttpException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { Response } from 'express';
import { ForeignHost, type HostChoices } from './foreign-host.js';
import { passwordOf, protectedMember } from './protected-member.js';

/** Answers every error in the host's own words, as many hosts do. */
@Catch()
export class CatchAll implements ExceptionFilter {
  catch(error: unknown, host: ArgumentsHost): void {
    const status = error instanceof HttpException ? error.getStatus() : 500;
    host.switchToHttp().getResponse<Response>().status(status).json({ sorry: status });
  }
}

/**
 * The parts that such a filter must not change. One host for each file, because passport keeps the deserializers of
 * every application of a process.
 */
export function catchAllStories(choices: HostChoices): void {
  let host: ForeignHost;
  beforeAll(async () => {
    host = await ForeignHost.start(choices);
  });
  afterAll(() => host.close());

  it('does not keep people from the challenge', async () => {
    const { member } = await protectedMember(host);
    const visitor = host.visitor();
    await visitor.goes('/login');
    await visitor.submits(passwordOf(member));
    expect(visitor.page.address).toBe('/login/challenge');
  });

  it('answers a closed account as it answers a wrong password', async () => {
    const member = await host.member('Zoe');
    const wrong = await host.visitor().asks('POST', '/login', { ...passwordOf(member), password: 'a guess' });
    await host.closes(member);
    const closed = await host.visitor().asks('POST', '/login', passwordOf(member));
    expect([closed.status, closed.body]).toEqual([401, { sorry: 401 }]);
    expect([wrong.status, wrong.body]).toEqual([401, { sorry: 401 }]);
  });

  it('leaves the package’s own pages their own answers', async () => {
    const { status, body } = await host.visitor().asks('GET', '/account/security');
    expect([status, body['code']]).toEqual([401, 'NOT_SIGNED_IN']);
  });
}
