import { type Account, DamagedFactor, type FactorTools } from 'nestjs-two-factor';
import { maskedNumber, phoneNumber } from './phone-number.js';
import { SmsChannel } from './sms-channel.js';
import { smsCode } from './sms-code.factor.js';
import type { SmsCodeOptions } from './sms-code.options.js';
import type { Sms } from './sms-sender.js';
import { smsTextDe, smsTextEn } from './sms-text.js';

const ann: Account = { id: '7', label: 'Ann', email: 'ann@example.com', stamp: '1', staff: false };
const silent = { send: async () => undefined };

describe('a phone number', () => {
  it.each(['+491711234567', ' +49 171 1234567 ', '+49 (171) 123-4567', '+49/171/1234567'])(
    '%j is stored in one form, however it was typed',
    (typed) => {
      expect(phoneNumber(typed)).toBe('+491711234567');
    },
  );

  it.each([
    '0171 1234567',
    '491711234567',
    '+49171',
    '+999 1234567',
    '+49 900 1234567',
    'tel:+491711234567',
    '+491711234567 ext 5',
    '+٤٩١٧١١٢٣٤٥٦٧',
    '',
    '+',
    `+${'1'.repeat(100)}`,
    491711234567,
    null,
    ['+49'],
  ])('%j is refused, and its country is not guessed', (typed) => {
    expect(phoneNumber(typed)).toBeNull();
  });

  it('is shown only by its country and last two digits', () => {
    expect(maskedNumber('+491711234512')).toBe('+49 ••• ••12');
    expect(maskedNumber('+12025550143')).toBe('+1 ••• ••43');
  });
});

describe('the channel', () => {
  it('sends the host’s text to the number of the factor', async () => {
    const sent: Sms[] = [];
    const channel = new SmsChannel(
      { send: async (sms) => void sent.push(sms) },
      smsTextDe,
      'Example Hosting',
    );
    const to = channel.destination(ann, { number: '+491711234512' });
    const model = { code: '1234 5678', minutes: 10 };
    await channel.send(ann, to, { id: 'e1', template: 'code', model, until: 600_000 });
    expect(sent).toEqual([
      {
        id: 'e1',
        to: '+491711234512',
        until: 600_000,
        text: 'Example Hosting: 1234 5678 ist Ihr Sicherheitscode. Er gilt 10 Minuten. Geben Sie ihn niemandem.',
      },
    ]);
    const english = await smsTextEn({
      accountId: '7',
      issuer: 'Example Hosting',
      code: '1234 5678',
      minutes: 10,
    });
    expect(english.length).toBeLessThan(160);
  });

  it.each([{}, { number: 7 }, { number: '0171' }, { number: null }])('throws on damaged data: %j', (data) => {
    const channel = new SmsChannel(silent, smsTextEn, 'Example Hosting');
    expect(() => channel.destination(ann, data)).toThrow(DamagedFactor);
  });

  it('can be read by the owner of the phone, and is shared by accounts', () => {
    const channel = new SmsChannel(silent, smsTextEn, 'Example Hosting');
    expect(channel).toMatchObject({ name: 'sms', readableBy: ['phone'], isShared: true });
  });
});

describe('the kind', () => {
  const card = smsCode({ sender: silent, passwordReset: 'guarded' });

  it('is for customers, and not for strict hosts', () => {
    expect(card).toMatchObject({
      kind: 'sms-code',
      role: 'primary',
      allowStaff: false,
      allowedInStrict: false,
    });
  });

  it('shows its number only in the masked form', () => {
    const { describe: facts } = card.create({ issuer: 'Example' } as FactorTools);
    const behaviour = card.create({ issuer: 'Example' } as FactorTools);
    expect(facts).toBeDefined();
    expect(behaviour.describe?.({ number: '+491711234512', used: '12345678' })).toEqual({
      number: '+49 ••• ••12',
    });
  });

  it('is refused where a message to a phone replaces passwords, and without that option', () => {
    expect(() => smsCode({ sender: silent, passwordReset: 'by-phone' })).toThrow(/both factors.*guarded/);
    for (const options of [{}, { passwordReset: 'maybe' }])
      expect(() => smsCode({ ...{ sender: silent }, ...options } as SmsCodeOptions)).toThrow(
        'say how passwords are reset',
      );
  });
});
