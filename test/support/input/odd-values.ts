/** Texts that no valid form sends, and that break headers, columns, numbers, dates and patterns. */
export const oddTexts: readonly string[] = [
  ...[
    '汉',
    '/tickets?q=汉',
    '/tickets#é\u2028',
    '/\ud800',
    '/x\u0000y',
    '/a\r\nSet-Cookie: a=b',
    '//evil.example/汉',
  ],
  ...['\0', 'a\0b', '\ud800', 'a\udc00b', '\u202e', '\u001b[31m', '\r\nX: y', '\ufeff', '\u2028'],
  ...['x'.repeat(65), 'x'.repeat(192), 'x'.repeat(256), '/'.padEnd(2048, 'x'), 'x'.repeat(5000)],
  ...['🙂'.repeat(64), 'é'.repeat(254), 'ﷺ'.repeat(250), 'İ'.repeat(254), '１２３４５６'],
  ...[
    '9223372036854775808',
    '-9223372036854775809',
    '99999999999999999999999999',
    '-1',
    '1e400',
    'NaN',
    '0x10',
  ],
  ...[
    "' OR 1=1 --",
    '%',
    '_',
    '\\',
    'a\\',
    '!',
    '{{7*7}}',
    '${7*7}',
    '__proto__',
    'constructor',
    '[object Object]',
  ],
  ...['2026-13-45', '0000-00-00', '999999999999999-x', '1-', 'null', 'undefined', ' ', ''],
  ...[
    'ﷺ@example.com',
    `${'ﷺ'.repeat(40)}@example.com`,
    `a@${'ß'.repeat(120)}.com`,
    'a@b\u0000.com',
    '"a"@b',
    'İ@İ.com',
  ],
];

/** Values that programs may send in place of a text. */
export const oddThings: readonly unknown[] = [
  ...[null, true, 0, -1, 1e308, 2 ** 60, [], {}, [['x']], ['x', 'y'], { toString: 'x' }, { length: 1e9 }],
];

const long = 'x'.repeat(4000);

/** Headers of one request each, of the kinds that the portal, the package, Express or a parser reads. */
export const oddHeaders: readonly Readonly<Record<string, string>>[] = [
  { 'X-Forwarded-For': 'x'.repeat(200), 'User-Agent': long, 'X-Request-Id': long, 'Accept-Language': long },
  {
    'X-Forwarded-For': `fe80::1%${'z'.repeat(200)}`,
    'User-Agent': '\xff\xfe\x80',
    'Accept-Language': '\xff',
  },
  { 'X-Forwarded-For': '\xe6\xb1\x89, \xff', 'User-Agent': '', 'Accept-Language': '*;q=x, en;q=1e999, -' },
  { 'X-Forwarded-For': ',,,, ,', 'X-Forwarded-Proto': long, 'X-Forwarded-Host': '\xff', Forwarded: long },
  {
    'X-Forwarded-For': '1.2.3.4,'.repeat(400),
    'X-Forwarded-Proto': 'https,\xff',
    'X-Forwarded-Port': '-1',
  },
  { 'X-Forwarded-For': '203.0.113.7:99999', Host: '\xff', Referer: long, 'X-Forwarded-Proto': 'https' },
  { 'X-Forwarded-For': '[2001:db8::7', Host: 'a b:c:d', Origin: 'http://[', Referer: 'http://[' },
  { 'X-Forwarded-For': "' OR 1=1 --", Host: '[', 'If-None-Match': long, Range: 'bytes=-1-,x' },
  {
    Cookie: `portal=${long}; portal-visitor=${long}; portal-abandoned=${long}`,
    'X-Forwarded-For': '10.255.0.1',
  },
  {
    Cookie: 'portal=s%3A\xff.\xff; portal-visitor=%; portal-abandoned=bnVsbA',
    'X-Forwarded-For': '10.255.0.2',
  },
  {
    Cookie: 'portal=s:x.y; portal-abandoned=eyJlbWFpbCI6W119; two-factor-device=..; =; ;',
    'X-Forwarded-For': '10.255.0.3',
  },
  {
    Cookie: `two-factor-invitation=${Buffer.from('x.\ud800.\0').toString('base64url')}; portal-abandoned=W10`,
  },
  { Cookie: `two-factor-invitation=%%%; two-factor-device=${'A'.repeat(43)}.${long}` },
  { 'Content-Type': 'application/json; charset=utf-99' },
  { 'Content-Type': 'application/json; charset=utf-16' },
  { 'Content-Type': 'application/x-www-form-urlencoded; charset=\xff' },
  { 'Content-Type': 'multipart/form-data' },
  { 'Content-Type': ';;;=' },
  { 'Content-Encoding': 'gzip' },
  { 'Content-Encoding': 'br' },
  { 'Content-Encoding': '\xff' },
  { Accept: '*;q=, /, text/html;q=\xff', 'Accept-Encoding': '\xff;q=9', 'Sec-Fetch-Site': '\xff' },
  { Origin: '\xff', 'Sec-Fetch-Site': 'x', Authorization: 'Basic %%%', 'X-HTTP-Method-Override': 'TRACE' },
  { 'If-Modified-Since': '\xff', 'If-Range': long, Expect: '200-maybe' },
];
