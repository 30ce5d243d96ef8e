import { factorContract } from '../../testing/factor-contract.js';
import { emailCode } from './email-code.factor.js';

factorContract('a code by mail', emailCode({ passwordReset: 'never-by-mail' }), {
  right: ({ draft, challengeState }) => ({ code: String((challengeState ?? draft)['code']) }),
  wrong: ({ code = '' }) => ({ code: String((Number(code) + 1) % 100_000_000).padStart(8, '0') }),
  malformed: [
    { code: '' },
    { code: '1234567' },
    { code: '123456789' },
    { code: '123456' },
    { code: 'ABCDEFGH' },
    { code: '١٢٣٤٥٦٧٨' },
    { response: '12345678' },
  ],
});
