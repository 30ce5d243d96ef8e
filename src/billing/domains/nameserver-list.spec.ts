import { parseNameservers } from './nameserver-list.js';

const two = 'ns1.example.net\nns2.example.net';

describe('a list of name servers', () => {
  it.each([
    [two, ['ns1.example.net', 'ns2.example.net']],
    ['  NS1.Example.NET.\r\n\r\n ns2.example.net , ', ['ns1.example.net', 'ns2.example.net']],
    ['a.example;b.example c.example', ['a.example', 'b.example', 'c.example']],
    [
      'ns1.müller.example ns2.xn--mller-kva.example',
      ['ns1.xn--mller-kva.example', 'ns2.xn--mller-kva.example'],
    ],
    ['ns1.例え.テスト ns2.example.net', ['ns1.xn--r8jz45g.xn--zckzah', 'ns2.example.net']],
  ])('is read from %j', (text, names) => {
    expect(parseNameservers(text)).toEqual({ names });
  });

  it.each([
    'localhost',
    '192.0.2.1',
    '0x7f.1',
    '2001:db8::1',
    '[2001:db8::1]',
    'ns1.example.net:53',
    'ns1..example.net',
    '.example.net',
    '-ns1.example.net',
    'ns1-.example.net',
    'ns_1.example.net',
    'ns1.example.1',
    '*.example.net',
    'https://ns1.example.net',
    'ann@example.net',
    'ns1.example.net/x',
    '%6es1.example.net',
    'ns1.example.net\u0000',
    'xn--a.example.net',
    `${'a'.repeat(64)}.example.net`,
    `${'a.'.repeat(130)}example`,
    'ns1.exam\u200Bple.net',
    '<script>',
  ])('refuses %j and names it', (name) => {
    const error = { field: 'nameservers', key: 'nameservers.invalid' };
    expect(parseNameservers(`${two}\n${name}`)).toEqual({ error: expect.objectContaining(error) as unknown });
  });

  it('refuses one that is there twice, also in other letters', () => {
    for (const twice of ['ns1.example.net', 'NS1.EXAMPLE.NET.'])
      expect(parseNameservers(`${two}\n${twice}`)).toMatchObject({
        error: { key: 'nameservers.twice', values: { name: twice } },
      });
  });

  it.each([
    ['nothing', 0],
    ['one', 1],
    ['fourteen', 14],
  ])('refuses %s', (_, count) => {
    const names = Array.from({ length: count }, (_each, place) => `ns${place}.example.net`);
    expect(parseNameservers(names.join(' '))).toMatchObject({
      error: { key: 'nameservers.count', values: { least: 2, most: 13 } },
    });
  });

  it('has room for thirteen', () => {
    const names = Array.from({ length: 13 }, (_each, place) => `ns${place}.example.net`);
    expect(parseNameservers(names.join('\n'))).toEqual({ names });
  });
});
