// The factor
export { smsCode } from './sms-code.factor.js';
export type { SmsCodeOptions } from './sms-code.options.js';

// The channel and the sender
export { SmsChannel } from './sms-channel.js';
export { smsTextDe, smsTextEn, type SmsText, type SmsTextFacts } from './sms-text.js';
export { SmsSender, type Sms } from './sms-sender.js';
export { HttpSmsSender, SmsNotSent, type HttpSmsSenderOptions } from './http-sms-sender.js';
