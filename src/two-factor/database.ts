/** The package's way with databases, used for the portal's own tables too: one queue on SQLite, one retry rule. */
export { inOneUnit, queueSqlite, safeDataSourceOptions } from 'nestjs-two-factor';
