import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

/** Hashes a password with scrypt and a salt of its own. */
export async function hashPassword(
  password: string,
  salt = randomBytes(16).toString('hex'),
): Promise<string> {
  const hash = await new Promise<Buffer>((resolve, reject) => {
    scrypt(password, salt, 32, (error, key) => (error ? reject(error) : resolve(key)));
  });
  return `${salt}.${hash.toString('hex')}`;
}

/** Compares in constant time. */
export async function isPassword(password: string, stored: string): Promise<boolean> {
  const [salt] = stored.split('.');
  return timingSafeEqual(Buffer.from(stored), Buffer.from(await hashPassword(password, salt)));
}
