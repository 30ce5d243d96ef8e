import jsqr from 'jsqr';
import { PNG } from 'pngjs';

/** Reads the QR code in the pixels of a screenshot, like a camera. @throws when there is none. */
export function readQrCode(screenshot: Buffer): string {
  const { data, width, height } = PNG.sync.read(screenshot);
  const found = jsqr.default(new Uint8ClampedArray(data), width, height);
  if (!found) throw new Error('There is no QR code to be seen.');
  return found.data;
}
