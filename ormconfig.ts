import { readConfig } from './src/config.js';
import { portalDataSource } from './src/database/connection/data-source.js';
import { longWork } from './src/database/connection/waits.js';
import { installedModules } from './src/portal/modules/installed-modules.js';

/** The DataSource of the TypeORM command line: the application's, with time for migrations. */
export default portalDataSource(readConfig(process.env), installedModules, longWork);
