import { generateURI } from 'otplib';

/** Bytes the issuer (it stands there twice) and the account may take, so that every URI fits a QR code of level M. */
const longestIssuer = 400;
const longestAccount = 1000;

/** What apps read as the end of the issuer, and what no URI can carry. */
const unfit = /[:\p{Cc}\p{Cs}]/gu;

/**
 * The `otpauth:` URI of a secret: label `Issuer:account`, the same issuer as parameter, `%20` for spaces; the defaults
 * (SHA-1, 6 digits, 30 s) are left unsaid, as every app assumes them and some stumble over them.
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
