import type { DataSource } from 'typeorm';

/** The statements that `work` sends, those of transactions too. */
export async function sentBy(dataSource: DataSource, work: () => Promise<unknown>): Promise<string[]> {
  const { logger } = dataSource;
  const sent: string[] = [];
  dataSource.logger = Object.assign(Object.create(logger), { logQuery: (sql: string) => sent.push(sql) });
  await work().finally(() => (dataSource.logger = logger));
  return sent;
}
