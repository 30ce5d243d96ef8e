import { runInNewContext } from 'node:vm';
import { QueryFailedError, type DataSource, type QueryRunner } from 'typeorm';
import { DriverAdapter } from './driver-adapter.js';

const statement = { text: 'SELECT 1', parameters: [] };

/** Sends a statement whose driver throws this, and returns the error, and the errors that the logger was told. */
async function failsWith(thrown: Error): Promise<{ error: unknown; logged: unknown[] }> {
  const logged: unknown[] = [];
  const logger = { logQuery: () => undefined, logQueryError: (error: unknown) => logged.push(error) };
  const adapter = new DriverAdapter({ logger } as unknown as DataSource);
  const runner = { runStatement: () => Promise.reject(thrown) } as unknown as QueryRunner;
  const error: unknown = await adapter.run(statement, runner).catch((reason: unknown) => reason);
  return { error, logged };
}

describe('an error of a driver', () => {
  it('reaches the caller as an error of TypeORM, and the logger as it was', async () => {
    const thrown = new Error('database is locked');
    const { error, logged } = await failsWith(thrown);
    expect(error).toBeInstanceOf(QueryFailedError);
    expect(error).toMatchObject({ driverError: thrown, query: 'SELECT 1' });
    expect(logged).toEqual([thrown]);
  });

  it('does so too if it was made in another realm, as those of better-sqlite3 are in test runners', async () => {
    const { error } = await failsWith(runInNewContext(`new Error("database is locked")`) as Error);
    expect(error).toBeInstanceOf(QueryFailedError);
    expect(String(error)).toContain('database is locked');
  });

  it('is not wrapped twice', async () => {
    const thrown = new QueryFailedError('SELECT 2', [], new Error('earlier'));
    expect(await failsWith(thrown)).toEqual({ error: thrown, logged: [] });
  });
});
