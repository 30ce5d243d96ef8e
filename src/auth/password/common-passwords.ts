import { foldedText } from '../../accounts/passwords/own-words.js';

let loading: Promise<ReadonlySet<string>> | undefined;

/**
 * Whether this is one of the passwords that people use most (ASVS 5.0 6.2.4). The list has about 49,000 passwords, in the order
 * of their frequency. It comes from `@zxcvbn-ts/language-common` (MIT) and is loaded when the first password is chosen.
 */
export async function isCommonPassword(password: string): Promise<boolean> {
  loading ??= load();
  return (await loading).has(foldedText(password));
}

async function load(): Promise<ReadonlySet<string>> {
  const { dictionary } = await import('@zxcvbn-ts/language-common');
  return new Set(dictionary['passwords-common']);
}
