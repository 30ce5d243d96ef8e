import type { DataSource, QueryRunner } from 'typeorm';

/** True when so many transactions can be open at the same time, each on a connection that answers. */
export async function hasPlaces(dataSource: DataSource, places: number): Promise<boolean> {
  const runners = Array.from({ length: places }, () => dataSource.createQueryRunner());
  try {
    const sums = await Promise.all(runners.map(sum));
    return sums.every((each) => each === 2);
  } catch {
    return false;
  } finally {
    await Promise.all(runners.map(ends));
  }
}

async function sum(runner: QueryRunner): Promise<number> {
  await runner.startTransaction();
  const [row] = (await runner.query('SELECT 1 + 1 AS sum')) as { sum: unknown }[];
  return Number(row?.sum);
}

/** A connection that goes back with its transaction open would spoil it for the next one. */
async function ends(runner: QueryRunner): Promise<void> {
  if (runner.isTransactionActive) await runner.rollbackTransaction().catch(() => undefined);
  await runner.release();
}
