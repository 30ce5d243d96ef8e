/** @own-modules: a process warns of a proxy once. */
import { jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import express, { request as prototype, type Request, type Response } from 'express';
import { forwardedAddress, readClientAddress } from './forwarded-address.js';

const proxy = '10.0.0.5';

/** A request in an Express application with this `trust proxy` setting. */
function forwarded(trust: unknown, header: string | undefined, remoteAddress: string | undefined = proxy) {
  const app = express();
  app.set('trust proxy', trust);
  const headers = header === undefined ? {} : { 'x-forwarded-for': header };
  const members = { app, headers, socket: { remoteAddress } };
  return Object.assign(Object.create(prototype) as Request, members);
}

const warn = jest.spyOn(Logger.prototype, 'warn').mockImplementation(() => undefined);
beforeEach(() => warn.mockClear());
afterAll(() => warn.mockRestore());

describe('the client’s address behind one proxy', () => {
  it.each([
    ['203.0.113.7', '203.0.113.7'],
    ['203.0.113.7:51234', '203.0.113.7'],
    ['[2001:DB8::7]:443', '2001:db8::7'],
    ['198.51.100.1, 203.0.113.7:51234', '203.0.113.7'],
    ['198.51.100.1,, "203.0.113.7:51234" ', '203.0.113.7'],
    [', 203.0.113.7', '203.0.113.7'],
    ['', proxy],
    [undefined, proxy],
  ])('is, of %j, %s', (header, address) => {
    expect(forwardedAddress(forwarded(1, header))).toBe(address);
    expect(warn).not.toHaveBeenCalled();
  });

  it.each(['unknown', '_hidden', 'x'.repeat(200), '198.51.100.1,', '198.51.100.1, unix:'])(
    'is the proxy’s where %j cannot be read',
    (header) => expect(forwardedAddress(forwarded(1, header))).toBe(proxy),
  );

  it('is the socket’s alone where no proxy is trusted', () => {
    expect(forwardedAddress(forwarded(false, '203.0.113.7'))).toBe(proxy);
    expect(forwardedAddress(forwarded(0, 'unknown', '::ffff:10.0.0.5'))).toBe(proxy);
  });
});

describe('the client’s address behind several proxies', () => {
  it.each([
    [2, '203.0.113.7:1, 10.0.0.6:4312', '203.0.113.7'],
    [2, '198.51.100.1, 203.0.113.7:1, ', '203.0.113.7'],
    [2, '198.51.100.1, , 10.0.0.6', proxy],
    ['10.0.0.0/8', '198.51.100.1, 203.0.113.7:1, 10.0.0.6:4312', '203.0.113.7'],
    ['10.0.0.0/8', '198.51.100.1, 203.0.113.7:1, [::ffff:10.0.0.6]:4312', '203.0.113.7'],
    ['10.0.0.0/8', '203.0.113.7, unknown, 10.0.0.6', proxy],
  ])('that are trusted as %j is, of %j, %s', (trust, header, address) => {
    expect(forwardedAddress(forwarded(trust, header))).toBe(address);
  });
});

describe('the address that a request is given', () => {
  const given = (request: Request) => {
    const next = jest.fn();
    readClientAddress(request, {} as Response, next);
    expect(next).toHaveBeenCalledTimes(1);
    return request.ip;
  };

  it('is the client’s, also when it is read again', () => {
    const request = forwarded(2, '203.0.113.7:1, 10.0.0.6:4312');
    expect(given(request)).toBe('203.0.113.7');
    expect(forwardedAddress(request)).toBe('203.0.113.7');
  });

  it('is the proxy’s where the header cannot be read, with one warning', () => {
    const request = forwarded(1, 'unknown', '10.9.9.9');
    expect([given(request), forwardedAddress(request), given(forwarded(1, '_hidden', '10.9.9.9'))]).toEqual(
      Array(3).fill('10.9.9.9'),
    );
    expect(warn).toHaveBeenCalledTimes(1);
    expect(warn).toHaveBeenCalledWith(expect.stringContaining('10.9.9.9'));
  });

  it('is none where the socket has none', () => {
    const request = Object.assign(forwarded(1, 'unknown'), { socket: {} });
    expect([given(request), forwardedAddress(request)]).toEqual([undefined, null]);
  });
});
