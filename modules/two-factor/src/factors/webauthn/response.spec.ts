import { assertionOf, attestationOf, longestResponse } from './response.js';

/** An answer as a browser's script sends it, with these changes. */
function told(change: object = {}, response: object = {}): string {
  const parts = { ...{ clientDataJSON: 'YQ', authenticatorData: 'Yg', signature: 'Yw' }, ...response };
  return JSON.stringify({ ...{ id: 'abc', rawId: 'abc', type: 'public-key', response: parts }, ...change });
}

describe('the answer of an authenticator', () => {
  it('is reduced to the parts that are verified, without additions', () => {
    const text = told(
      { extra: 1, clientExtensionResults: { more: {} } },
      { more: { deep: [] }, userHandle: null },
    );
    expect(assertionOf(text)).toEqual({
      id: 'abc',
      rawId: 'abc',
      type: 'public-key',
      clientExtensionResults: {},
      response: { clientDataJSON: 'YQ', authenticatorData: 'Yg', signature: 'Yw', transports: [] },
    });
    expect(assertionOf(told({}, { userHandle: 'Nw' }))?.response.userHandle).toBe('Nw');
  });

  it.each<[string, object, object?]>([
    ['no id', { id: undefined, rawId: undefined }],
    ['an id that is no base64url', { id: 'a b', rawId: 'a b' }],
    ['an id in a list', { id: ['abc'], rawId: ['abc'] }],
    ['two ids', { rawId: 'abd' }],
    ['another type', { type: 'password' }],
    ['no response', { response: undefined }],
    ['a response that is a list', { response: [] }],
    ['a response that is text', { response: 'text' }],
    ...['clientDataJSON', 'authenticatorData', 'signature'].flatMap((name): [string, object, object][] => [
      [`no ${name}`, {}, { [name]: undefined }],
      [`an empty ${name}`, {}, { [name]: '' }],
      [`${name} in a list`, {}, { [name]: ['YQ'] }],
      [`${name} with a sign at its end`, {}, { [name]: 'YQ=' }],
      [`${name} with a sign at its front`, {}, { [name]: '=YQ' }],
    ]),
    ['a user handle that is no base64url', {}, { userHandle: 'ä' }],
    ['a user handle that is a number', {}, { userHandle: 7 }],
  ])('is none with %s', (_what, change, response = {}) => {
    expect(assertionOf(told(change, response))).toBeNull();
  });

  it.each(['', '[]', '[{}]', 'null', '"text"', '7', '{', '{"id":', undefined, null, 7, {}])(
    'is not %j',
    (text) => {
      expect([assertionOf(text), attestationOf(text)]).toEqual([null, null]);
    },
  );

  it('has an id of at most 1023 bytes', () => {
    const named = (id: string) => told({ id, rawId: id });
    expect(assertionOf(named('a'.repeat(1364)))).not.toBeNull();
    expect(assertionOf(named('a'.repeat(1365)))).toBeNull();
  });

  it('is as long as a body may be at most', () => {
    expect(assertionOf(told().padEnd(longestResponse))).not.toBeNull();
    expect(assertionOf(told().padEnd(longestResponse + 1))).toBeNull();
  });
});

describe('the transports that an authenticator names', () => {
  const reached = (transports: unknown) =>
    attestationOf(told({}, { attestationObject: 'YQ', transports }))?.response.transports;

  it('are stored, including those that do not exist yet', () => {
    expect(reached(['usb', 'smart-card', 'telepathy'])).toEqual(['usb', 'smart-card', 'telepathy']);
  });

  it('are eight words at most, and nothing else', () => {
    const odd = [7, null, ['usb'], '', 'USB', 'u sb', '1usb', 'usb1', 'x'.repeat(33)];
    expect(reached([...odd, 'x'.repeat(32)])).toEqual(['x'.repeat(32)]);
    expect(reached(Array(9).fill('usb'))).toEqual(Array(8).fill('usb'));
  });

  it.each([undefined, null, 'usb', { 0: 'usb', length: 1 }])('are none where it says %j', (transports) => {
    expect(reached(transports)).toEqual([]);
  });
});
