import { Phone } from './phone.fixture.js';

async function uriOf(issuer: string, email: string): Promise<URL> {
  const ann = new Phone({ issuer });
  await ann.scans();
  const { json } = await ann.shows(email);
  return new URL(String(json['uri']));
}

describe('what the set-up page shows of a new secret', () => {
  it('has 160 bits, new for each person', async () => {
    const [ann, bob] = [new Phone(), new Phone()];
    await Promise.all([ann.scans(), bob.scans()]);
    const secrets = [(await ann.shows()).json['secret'], (await bob.shows()).json['secret']];
    expect(secrets[0]).toMatch(/^[A-Z2-7]{32}$/);
    expect(secrets[0]).not.toBe(secrets[1]);
  });

  it('is the same secret as URI, as picture and in groups of four', async () => {
    const ann = new Phone();
    await ann.scans();
    const { page, json } = await ann.shows();
    expect(page['groups']).toHaveLength(8);
    expect((page['groups'] as string[]).join('')).toBe(json['secret']);
    expect(page['uri']).toBe(json['uri']);
    expect(json['uri']).toContain(`secret=${String(json['secret'])}`);
  });

  it('draws a white ground under the code and its margin, for dark pages', async () => {
    const ann = new Phone();
    await ann.scans();
    const svg = String((await ann.shows()).page['svg']);
    expect(svg).toMatch(
      /^<svg [^>]*viewBox="0 0 (\d+) \1"[^>]*><path fill="#ffffff" d="M0 0h(\d+)v\2H0z"\/>.*<\/svg>$/s,
    );
    expect(svg).not.toMatch(/style=|<script|<style|on\w+=/);
  });
});

describe('the otpauth URI', () => {
  it('is one that every app understands', async () => {
    const uri = await uriOf('Example Hosting', 'ann+1@example.com');
    expect(uri.href).toMatch(
      /^otpauth:\/\/totp\/Example%20Hosting:ann%2B1%40example\.com\?secret=[A-Z2-7]{32}&issuer=Example%20Hosting$/,
    );
  });

  it('lets no colon of a name forge another issuer', async () => {
    const uri = await uriOf('Good:Bank', 'Bad:ann@example.com');
    expect(decodeURIComponent(uri.pathname)).toBe('/GoodBank:Badann@example.com');
    expect(uri.searchParams.get('issuer')).toBe('GoodBank');
  });

  it('stays whole with quotes, angle brackets, ampersands and hashes in a name', async () => {
    const uri = await uriOf('A&B #1 <x>?', '"ann"@example.com');
    expect(uri.searchParams.get('issuer')).toBe('A&B #1 <x>?');
    expect(uri.searchParams.get('secret')).toMatch(/^[A-Z2-7]{32}$/);
    expect(uri.hash).toBe('');
  });

  it('cuts names where they would not fit a QR code, not before, and leaves no space around them', async () => {
    const name = async (issuer: string, email: string) =>
      decodeURIComponent((await uriOf(issuer, email)).pathname);
    const [issuer, email] = ['i'.repeat(400), 'e'.repeat(1000)];
    expect(await name(issuer, email)).toBe(`/${issuer}:${email}`);
    expect(await name(`${issuer}i`, `${email}e`)).toBe(`/${issuer}:${email}`);
    expect(await name(' Example ', ' ann ')).toBe('/Example:ann');
  });

  it('takes the issuer of the options before that of the module', async () => {
    const ann = new Phone({ options: { issuer: 'Brand' } });
    await ann.scans();
    expect((await ann.shows()).json['uri']).toContain('issuer=Brand');
  });

  it.each(['\uD800ann@example.com', `${'🦄'.repeat(240)}@example.com`, 'a'.repeat(254)])(
    'survives the odd name %#',
    async (email) => {
      const ann = new Phone({ issuer: '名'.repeat(200) });
      await ann.scans();
      const { page } = await ann.shows(email);
      expect(page['svg']).toContain('</svg>');
    },
  );
});
