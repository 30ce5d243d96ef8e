import { startupErrorMessage } from '../startup-errors.js';
import { seedCommand } from '../seed/seed.command.js';
import { program } from './program.js';

try {
  await program([seedCommand]).parseAsync(['seed', ...process.argv.slice(2)], { from: 'user' });
} catch (error) {
  console.error(startupErrorMessage(error));
  process.exitCode = 1;
}
