import { factorContract } from '../../testing/factor-contract.js';

import { backupCodes } from './backup-codes.factor.js';

factorContract('a set of backup codes', backupCodes({ count: 3 }), {
  right: ({ codes }) => ({ code: codes[0] }),
  wrong: ({ code = '' }) => ({ code: code.replace(/^./, (first) => (first === 'Z' ? 'Y' : 'Z')) }),
  // sets from before the cost was an option have none
  optional: ['cost'],
  malformed: [{ code: '' }, { code: '123456' }, { code: 'UUUU-UUUU-UUUU-UUUU' }, { code: '0'.repeat(17) }],
});
