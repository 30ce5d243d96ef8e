/** The address in a form that its owner recognises and that does not reveal it to others. */
export function maskedEmail(email: string): string {
  const [first = ''] = email;
  const at = email.lastIndexOf('@');
  return `${first}…${at < 0 ? '' : email.slice(at)}`;
}
