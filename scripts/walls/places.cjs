/** Patterns of paths that several rules of `.dependency-cruiser.cjs` speak of. */
const rooms = '^modules/two-factor/src';
const host = '^(src/|ormconfig[.]ts$)';
const doors = `^modules/two-factor-sms/src/index[.]ts$|${rooms}/(testing/|factors/webauthn/|http/passport/|http/emitter/)?index[.]ts$`;
const spec = '([.-]spec|[.]fixture)[.]ts$';

module.exports = { rooms, host, doors, spec };
