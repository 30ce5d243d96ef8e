/** The services that tests can use besides Node, and the variable of each. SQLite comes with npm. */
const named = {
  PostgreSQL: 'TEST_POSTGRES_URL',
  MariaDB: 'TEST_MARIADB_URL',
  Redis: 'TEST_REDIS_URL',
  Chromium: 'TEST_CHROMIUM',
};

/** One line for each service: whether its tests ran. */
export function services(env) {
  const lines = Object.entries(named).map(([service, variable]) =>
    env[variable] ? `${service}: ran` : `${service}: not run (${variable} is not set)`,
  );
  return ['SQLite: ran', ...lines];
}

/** The services without a variable. */
export function absentServices(env) {
  const absent = Object.entries(named).filter(([, variable]) => !env[variable]);
  return absent.map(([service, variable]) => `${service} (${variable} is not set)`);
}
