import { bootPortal } from './boot.js';
import { type Config, readConfig } from './config.js';
import { DemoData } from './demo/demo-data.js';
import { drainable } from './portal/drain.js';
import { portalLogger } from './portal-logger.js';
import { StartReport } from './start-report.js';

/** Longest duration of a shutdown, in milliseconds: first connections, then events in delivery. */
const stopWithin = 10_000;
const drainTimes = { idle: 1_000, longest: 8_000 };

const report = new StartReport(process.env['NODE_ENV'] === 'production');
try {
  await start(readConfig(process.env));
} catch (error) {
  report.refused(error);
  process.exit(1);
}

async function start(config: Config): Promise<void> {
  report.progress('Checking and migrating the database');
  const app = await bootPortal({ config, logger: portalLogger(config) });
  const drain = drainable(app.getHttpServer(), drainTimes);
  const stop = () => void exitAfter(() => drain().then(() => app.close()));
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  report.progress('Checking and creating demo data');
  const demo = await app.get(DemoData).createDemo();
  await app.listen(config.port, config.host);
  report.ready(config, demo);
}

/** Finishes requests in progress, accepts no new ones, and closes the database. */
async function exitAfter(stop: () => Promise<void>): Promise<void> {
  setTimeout(() => process.exit(1), stopWithin).unref();
  await stop();
  process.exit(0);
}
