/** Path patterns that several rules of `.dependency-cruiser.cjs` share. */
const rooms = '^modules/two-factor/src';
const unitOfWork = '^modules/typeorm-unit-of-work/src';
const host = '^(src/|ormconfig[.]ts$)';
const doors = [
  `${rooms}/(testing/|storage/|factors/webauthn/|http/passport/|http/emitter/)?index[.]ts$`,
  '^modules/two-factor-sms/src/index[.]ts$',
  `${unitOfWork}/(encryption/|outbox/)?index[.]ts$`,
];
const spec = '([.-]spec|[.]fixture)[.]ts$';

module.exports = { rooms, unitOfWork, host, doors, spec };
