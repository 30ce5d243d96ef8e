import { readConfig } from './src/config.js';
import { portalDataSource } from './src/database/data-source.js';
import { installedModules } from './src/portal/installed-modules.js';

/** The DataSource of the TypeORM command line: the same one the application uses. */
export default portalDataSource(readConfig(process.env), installedModules);
