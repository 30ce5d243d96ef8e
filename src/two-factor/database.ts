/**
 * The package's way with databases, used for the portal's own tables too: one queue on SQLite, one retry rule, and
 * hand-written statements where every sign-in passes.
 */
export {
  inOneUnit,
  insertNew,
  limitWaits,
  pipelinePostgres,
  queueSqlite,
  safeDataSourceOptions,
  Statements,
  type Target,
  type WaitLimits,
} from 'nestjs-two-factor';
