import type { DataSource } from 'typeorm';

/** Returns the statements that `work` sends, including those of transactions. */
export async function sentBy(dataSource: DataSource, work: () => Promise<unknown>): Promise<string[]> {
  const { logger } = dataSource;
  const sent: string[] = [];
  dataSource.logger = Object.assign(Object.create(logger), { logQuery: (sql: string) => sent.push(sql) });
  await work().finally(() => (dataSource.logger = logger));
  return sent;
}
