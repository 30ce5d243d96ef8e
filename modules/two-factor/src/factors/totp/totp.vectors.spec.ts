import { execFileSync } from 'node:child_process';

import { Phone } from './phone.fixture.js';

/** RFC 6238 appendix B, SHA-1: seconds and the 8-digit code, of which 6 digits are the last six. */
const vectors: readonly [number, string][] = [
  [59, '94287082'],
  [1_111_111_109, '07081804'],
  [1_111_111_111, '14050471'],
  [1_234_567_890, '89005924'],
  [2_000_000_000, '69279037'],
  [20_000_000_000, '65353130'],
];
const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';

describe('the test vectors of RFC 6238', () => {
  it.each(vectors)('are taken at %d s: %s', async (seconds, code) => {
    const ann = Phone.with(secret);
    ann.now = seconds * 1000;
    expect(await ann.sends(code.slice(2))).toMatchObject({
      ok: true,
      data: { lastStep: Math.floor(seconds / 30) },
    });
  });

  it('leave a wrong code in the first minutes of 1970 a wrong code: there are no steps before', async () => {
    const ann = Phone.with(secret);
    ann.now = 59_000;
    expect(await ann.sends('000000')).toEqual({ ok: false, reason: 'wrong' });
  });

  it('begin with the first half-minute of 1970, with the code of RFC 4226 appendix D for 0', async () => {
    const ann = Phone.with(secret);
    ann.now = 0;
    expect(await ann.sends('755224')).toEqual({ ok: false, reason: 'used' });
  });

  it('are refused at another time', async () => {
    const ann = Phone.with(secret);
    ann.now = 1_234_567_890_000;
    expect(await ann.sends('279037')).toEqual({ ok: false, reason: 'wrong' });
  });
});

const missing = whyNotRun();

(missing ? describe.skip : describe)(`codes of oathtool, an independent party${missing}`, () => {
  it('enrol and sign in', async () => {
    const ann = new Phone();
    await ann.scans();
    const { json } = await ann.shows();
    const key = String(json['secret']);
    expect(await ann.proves(oathtool(key, ann.now))).toMatchObject({ ok: true });
    ann.now += 90_000;
    expect(await ann.sends(oathtool(key, ann.now))).toMatchObject({ ok: true });
  });
});

function oathtool(key: string, now: number): string {
  const at = `${new Date(now).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
  return execFileSync('oathtool', ['--totp', '--base32', '--now', at, key], { encoding: 'utf8' }).trim();
}

/** Empty if oathtool is available; otherwise the reason, for the suite's name. */
function whyNotRun(): string {
  try {
    execFileSync('oathtool', ['--version'], { stdio: 'ignore' });
    return '';
  } catch {
    return ' (not run: oathtool is not installed)';
  }
}
