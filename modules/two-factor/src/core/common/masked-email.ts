/** Enough of an address for its owner to know it, too little for anybody else. */
export function maskedEmail(email: string): string {
  const [first = ''] = email;
  const at = email.lastIndexOf('@');
  return `${first}…${at < 0 ? '' : email.slice(at)}`;
}
