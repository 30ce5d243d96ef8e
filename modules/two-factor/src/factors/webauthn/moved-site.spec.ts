import type { FactorRecord } from '../../core/contracts/factor.js';
import { ann, Keyring, origin } from './key.fixture.js';
import { originFault, relyingParty } from './webauthn.options.js';
import { webauthn } from './webauthn.factor.js';
import { someMail } from '../../core/fixtures/ports.fixture.js';

/** The site after its move, and the lines that it wrote to the log. */
function moved(now = { at: 0 }) {
  const lines: string[] = [];
  const tools = { origins: ['https://new.example'], clock: { now: () => now.at } };
  const keyring = new Keyring({}, ann, { ...tools, warn: (line) => lines.push(line) });
  return { keyring, lines, now };
}

async function keyOfOldSite(): Promise<FactorRecord> {
  const keyring = new Keyring();
  await keyring.enrolls();
  return keyring.record;
}

describe('a passkey', () => {
  it('remembers the domain that it was made for, also after a sign-in', async () => {
    const keyring = new Keyring();
    await keyring.enrolls();
    expect(keyring.data['rpId']).toBe('portal.example');
    await keyring.signs();
    expect(keyring.data['rpId']).toBe('portal.example');
  });

  it('of an older release counts as made for this site, and gets the domain at its next sign-in', async () => {
    const keyring = new Keyring();
    await keyring.enrolls();
    const { rpId: _, ...old } = keyring.data;
    keyring.data = old;
    expect(keyring.passkeys.describe?.(old)).toEqual({ synced: expect.any(Boolean) });
    const { show } = await keyring.passkeys.prompt(ann, [keyring.record]);
    expect(show).not.toHaveProperty('moved');
    expect((await keyring.signs()).ok).toBe(true);
    expect(keyring.data['rpId']).toBe('portal.example');
  });
});

describe('a site that has moved to another domain', () => {
  it('says on the challenge, its repetition and the card which domain a passkey was made for', async () => {
    const { keyring } = moved();
    const old = await keyOfOldSite();
    const asked = await keyring.passkeys.prompt(ann, [old]);
    expect([asked.show['moved'], asked.json?.['moved']]).toEqual(['portal.example', 'portal.example']);
    const again = await keyring.passkeys.prompted?.again(ann, [old], asked.challengeState!);
    expect(again?.show['moved']).toBe('portal.example');
    expect(keyring.passkeys.describe?.(old.data)).toMatchObject({ moved: 'portal.example' });
  });

  it('asks only for the passkeys that work there, and never for any key at all', async () => {
    const { keyring } = moved();
    await keyring.enrolls('https://new.example');
    const old = await keyOfOldSite();
    const listed = async (records: FactorRecord[]) => {
      const { json, challengeState } = await keyring.passkeys.prompt(ann, records);
      const { allowCredentials } = json?.['publicKey'] as { allowCredentials: { id: string }[] };
      return [allowCredentials.map(({ id }) => id), challengeState?.['named']];
    };
    expect(await listed([old, keyring.record])).toEqual([[keyring.data['id']], false]);
    expect(await listed([old])).toEqual([[old.data['id']], false]);
  });

  it('tells the operator in the log, once a minute', async () => {
    const { keyring, lines, now } = moved();
    const old = await keyOfOldSite();
    for (const at of [0, 59_999, 60_000]) {
      now.at = at;
      await keyring.passkeys.prompt(ann, [old]);
    }
    const line = expect.stringContaining(
      'made for portal.example cannot be used, because the site is now new.example',
    );
    expect(lines).toEqual([line, line]);
  });

  it('lets the browser keep only the passkeys that work there, under the owner’s names', async () => {
    const { keyring } = moved();
    await keyring.enrolls('https://new.example');
    expect(keyring.passkeys.signal?.(ann, [await keyOfOldSite(), keyring.record])).toEqual({
      ...{ rpId: 'new.example', allAcceptedCredentialIds: [keyring.data['id']] },
      ...{ userId: Buffer.from(ann.id).toString('base64url'), name: ann.email, displayName: ann.label },
    });
  });
});

describe('an origin', () => {
  const faultAt = (first: string) => originFault(relyingParty(undefined, { ...site, origins: [first] }));
  const site = {
    ...{ origins: [origin], issuer: 'Example', strict: false },
    ...{ clock: { now: () => 0 }, mail: someMail },
  };

  it.each([
    'http://portal.example',
    'http://nas',
    'https://192.0.2.7',
    'http://127.0.0.1:3000',
    'https://[::1]',
  ])('that no passkey can use has a fault: %s', (unfit) => {
    expect(faultAt(unfit)).toContain(unfit);
    expect(webauthn().create({ ...site, origins: [unfit] }).fault).toContain('https and a host name');
  });

  it.each(['https://portal.example', 'https://nas', 'http://localhost:3000', 'http://portal.localhost'])(
    'that passkeys can use has none: %s',
    (fit) => {
      expect(faultAt(fit)).toBeUndefined();
    },
  );
});
