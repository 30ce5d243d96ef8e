/** What tests can meet besides Node, and the variable that names it. SQLite comes with npm. */
const named = {
  PostgreSQL: 'TEST_POSTGRES_URL',
  MariaDB: 'TEST_MARIADB_URL',
  Redis: 'TEST_REDIS_URL',
  Chromium: 'TEST_CHROMIUM',
};

/** One line a service: did its tests run? */
export function services(env) {
  const lines = Object.entries(named).map(([service, variable]) =>
    env[variable] ? `${service}: ran` : `${service}: not run (${variable} is not set)`,
  );
  return ['SQLite: ran', ...lines];
}

/** The services that no variable names. */
export function absentServices(env) {
  const absent = Object.entries(named).filter(([, variable]) => !env[variable]);
  return absent.map(([service, variable]) => `${service} (${variable} is not set)`);
}
