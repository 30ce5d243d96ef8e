import type { DataSource } from 'typeorm';
import { DatabaseConnectionError } from './connection/connect.js';

/**
 * Refuses a database with tables of another version of the portal. Its migrations have the same names, so none is due,
 * but columns are missing.
 * @throws DatabaseConnectionError with a sentence for the operator.
 */
export async function refuseOtherSchema(dataSource: DataSource): Promise<void> {
  const missing = await missingColumn(dataSource);
  if (missing === undefined) return;
  throw new DatabaseConnectionError(
    `The database was made by another version of the portal: ${missing}. ` +
      'Use a new database; for the demo, delete the folder data and start again.',
  );
}

async function missingColumn(dataSource: DataSource): Promise<string | undefined> {
  const runner = dataSource.createQueryRunner();
  try {
    const tables = await runner.getTables(dataSource.entityMetadatas.map(({ tablePath }) => tablePath));
    for (const { tableName, columns } of dataSource.entityMetadatas) {
      const table = tables.find(({ name }) => name.split('.').at(-1) === tableName);
      if (!table) return `it has no table ${tableName}`;
      const lost = columns.find(({ databaseName }) => !table.findColumnByName(databaseName));
      if (lost) return `its table ${tableName} has no column ${lost.databaseName}`;
    }
    return undefined;
  } finally {
    await runner.release();
  }
}
