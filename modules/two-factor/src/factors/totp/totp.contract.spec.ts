import { generate } from 'otplib';

import { factorContract } from '../../testing/factor-contract.js';

import { totp } from './totp.factor.js';

factorContract('an authenticator app', totp(), {
  right: async ({ draft, now }) => ({
    code: await generate({ secret: String(draft['secret']), epoch: now / 1000 }),
  }),
  wrong: ({ code = '' }) => ({ code: String((Number(code) + 1) % 1_000_000).padStart(6, '0') }),
  malformed: [{ code: '' }, { code: '12345' }, { code: '1234567' }, { code: 'ABCDEF' }, { code: '١٢٣٤٥٦' }],
});
