import { factorContract } from 'nestjs-two-factor/testing';
import { smsCode } from './sms-code.factor.js';

const sender = { send: async () => undefined };

factorContract('a code by SMS', smsCode({ sender, passwordReset: 'never-by-phone' }), {
  setUp: {
    input: { number: '+49 171 1234567' },
    malformed: [
      { number: '0171 1234567' },
      { number: '+49171' },
      { number: '+49 900 1234567' },
      { number: 49171 },
      { number: '+491711234567', other: '1' },
      { number: 'call me' },
      { number: '+491711234567 ext. 5' },
    ],
  },
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
