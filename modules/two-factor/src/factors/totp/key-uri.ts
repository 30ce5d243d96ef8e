import { generateURI } from 'otplib';

/** Maximum bytes of the issuer (which occurs twice) and of the account, so that every URI fits a QR code of level M. */
const longestIssuer = 400;
const longestAccount = 1000;

/** Characters that apps read as the end of the issuer, and characters that a URI cannot contain. */
const unfit = /[:\p{Cc}\p{Cs}]/gu;

/**
 * The `otpauth:` URI of a secret: label `Issuer:account`, the same issuer as parameter, `%20` for spaces. The defaults (SHA-1,
 * 6 digits, 30 s) are left out, because every app assumes them and some apps fail when they are present.
 */
export function keyUri(issuer: string, account: string, secret: string): string {
  return generateURI({
    issuer: part(issuer, longestIssuer),
    label: part(account, longestAccount),
    secret,
  });
}

function part(text: string, longest: number): string {
  const characters = [...text.replace(unfit, '').trim()];
  while (encodeURIComponent(characters.join('')).length > longest) {
    characters.pop();
  }
  return characters.join('');
}
