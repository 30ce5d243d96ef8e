/** This host's own form. It hands on `returnTo`, where two-factor sent somebody here who must sign in first. */
export function signInPage(returnTo: string): string {
  return `<!doctype html><title>Sign in</title><h1>Sign in</h1>
<form method="post">
  <input type="hidden" name="returnTo" value="${escaped(returnTo)}">
  <label>E-mail <input name="email"></label>
  <label>Password <input name="password" type="password"></label>
  <button>Sign in</button>
</form>`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
