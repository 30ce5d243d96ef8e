/** @own-modules: a process warns of a proxy once. */
import { jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import express, { request as prototype, type Request } from 'express';
import { clientAddress } from './client-address.js';

const proxy = '10.0.0.5';
let sockets = 0;

/** A socket address that was not logged yet. */
function freshSocket(): string {
  sockets += 1;
  return `10.1.${sockets >> 8}.${sockets & 255}`;
}

/** A request in an Express application with this `trust proxy` setting. */
function forwarded(trust: unknown, header: string | undefined, remoteAddress: string | undefined = proxy) {
  const app = express();
  app.set('trust proxy', trust);
  const headers = header === undefined ? {} : { 'x-forwarded-for': header };
  const members = { app, headers, socket: { remoteAddress } };
  return Object.assign(Object.create(prototype) as Request, members);
}

/** The log lines written during this call. */
function toldWhile(behaviour: () => void): string[] {
  const lines: string[] = [];
  const warn = jest
    .spyOn(Logger.prototype, 'warn')
    .mockImplementation((line: unknown) => void lines.push(String(line)));
  behaviour();
  warn.mockRestore();
  return lines;
}

describe('the address behind one proxy', () => {
  it.each([
    ['203.0.113.7', '203.0.113.7'],
    ['203.0.113.7:51234', '203.0.113.7'],
    ['[2001:DB8::7]:443', '2001:db8::7'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['198.51.100.1, 203.0.113.7:51234', '203.0.113.7'],
    ['unknown, 203.0.113.7:51234', '203.0.113.7'],
    ['198.51.100.1,, "203.0.113.7:51234" ', '203.0.113.7'],
    [', 203.0.113.7', '203.0.113.7'],
    ['', proxy],
    [' , ', proxy],
    [undefined, proxy],
  ])('is, of %j, %s', (header, address) => {
    expect(toldWhile(() => expect(clientAddress(forwarded(1, header))).toBe(address))).toEqual([]);
  });

  it.each(['unknown', '_hidden', 'x'.repeat(200), '198.51.100.1,', '198.51.100.1, ,', '198.51.100.1, unix:'])(
    'is the socket’s where %j cannot be read',
    (header) => {
      toldWhile(() => expect(clientAddress(forwarded(1, header))).toBe(proxy));
    },
  );

  it('is the socket’s alone where no proxy is trusted', () => {
    expect(clientAddress(forwarded(false, '203.0.113.7'))).toBe(proxy);
    expect(clientAddress(forwarded(0, 'unknown', '::ffff:10.0.0.5'))).toBe(proxy);
    expect(clientAddress(forwarded(false, undefined, 'fe80::1%eth0'))).toBe('fe80::1');
  });

  it('is none where the socket has none', () => {
    const lines = toldWhile(() => {
      for (const header of [undefined, 'unknown']) {
        const request = Object.assign(forwarded(1, header), { socket: {} });
        expect(clientAddress(request)).toBeNull();
      }
    });
    expect(lines).toEqual([]);
  });
});

describe('the address behind several proxies', () => {
  it.each([
    ['203.0.113.7:1, 10.0.0.6:4312', '203.0.113.7'],
    ['198.51.100.1, 203.0.113.7:1, unknown', '203.0.113.7'],
    ['198.51.100.1, 203.0.113.7:1, ', '203.0.113.7'],
    ['203.0.113.7:1', '203.0.113.7'],
    ['198.51.100.1, , 10.0.0.6', proxy],
  ])('that are counted is, of %j, %s', (header, address) => {
    toldWhile(() => expect(clientAddress(forwarded(2, header))).toBe(address));
  });

  it.each([
    ['198.51.100.1, 203.0.113.7:1, 10.0.0.6:4312', '203.0.113.7'],
    ['198.51.100.1, 203.0.113.7:1, [::ffff:10.0.0.6]:4312', '203.0.113.7'],
    ['203.0.113.7, unknown, 10.0.0.6', proxy],
  ])('that are named by their network is, of %j, %s', (header, address) => {
    toldWhile(() => expect(clientAddress(forwarded('10.0.0.0/8', header))).toBe(address));
  });

  it('asks the host’s own rule what Express would ask, and about the bare address where Express has none', () => {
    const asked: unknown[] = [];
    const trust = (address: string, hop: number) => asked.push([address, hop]) < 3;
    clientAddress(forwarded(trust, '203.0.113.7, ::FFFF:10.0.0.7, 10.0.0.6:80', '::ffff:10.0.0.5'));
    expect(asked).toEqual([
      ['::ffff:10.0.0.5', 0],
      ['10.0.0.6', 1],
      ['::FFFF:10.0.0.7', 2],
    ]);
  });
});

describe('a host that gives its requests an address of their own', () => {
  const said = (ip: unknown) => Object.defineProperty(forwarded(1, '198.51.100.1'), 'ip', { value: ip });

  it('is believed, with a port too', () => {
    expect(clientAddress(said('203.0.113.7'))).toBe('203.0.113.7');
    expect(clientAddress(said('[2001:db8::7]:443'))).toBe('2001:db8::7');
  });

  it('has the socket’s counted where it cannot be read', () => {
    for (const ip of [undefined, 'somewhere']) toldWhile(() => expect(clientAddress(said(ip))).toBe(proxy));
  });
});

describe('an address that cannot be read', () => {
  it('is logged once for each proxy, with what to do and without the header', () => {
    const [first, second] = [freshSocket(), freshSocket()];
    const sent = 'refused sign-in ip=198.51.100.1 reason=credentials';
    const lines = toldWhile(() => {
      for (const socket of [first, first, `::ffff:${first}`, second, first])
        clientAddress(forwarded(1, sent, socket));
    });
    expect(lines).toHaveLength(2);
    expect(lines[0]).toContain(first);
    expect(lines[1]).toContain(second);
    expect(lines.join()).not.toContain(sent);
    expect(lines[0]).toMatch(/X-Forwarded-For/);
  });

  it('is not logged without limit, however many sockets there are', () => {
    const lines = toldWhile(() => {
      for (let i = 0; i < 300; i += 1) clientAddress(forwarded(1, 'unknown', freshSocket()));
    });
    expect(lines.length).toBeGreaterThan(50);
    expect(lines.length).toBeLessThanOrEqual(100);
  });
});
