/** Path patterns that several rules of `.dependency-cruiser.cjs` share. */
const rooms = '^modules/two-factor/src';
const host = '^(src/|ormconfig[.]ts$)';
const doors = `${rooms}/(testing/|factors/webauthn/)?index[.]ts$`;
const spec = '([.-]spec|[.]fixture)[.]ts$';

module.exports = { rooms, host, doors, spec };
