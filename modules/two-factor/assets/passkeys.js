// Passkeys and security keys: a form's own button asks the browser for one, and sends its answer (WebAuthn level 3
// §5.1). Without this file, or in an unsupported browser, the page says what to do instead.

const bytes = (text) =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0));

const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');

const keys = (list = []) => list.map((key) => ({ ...key, id: bytes(key.id) }));

/** The options of the page, with bytes where browsers need bytes. */
function asked(place) {
  const { publicKey } = JSON.parse(place.dataset.passkey);
  const { challenge, user, allowCredentials, excludeCredentials } = publicKey;
  return {
    ...publicKey,
    challenge: bytes(challenge),
    allowCredentials: keys(allowCredentials),
    excludeCredentials: keys(excludeCredentials),
    ...(user && { user: { ...user, id: bytes(user.id) } }),
  };
}

/** An answer as text, reduced to the parts that the server reads. */
function told({ id, type, response }) {
  const parts = ['clientDataJSON', 'attestationObject', 'authenticatorData', 'signature', 'userHandle'];
  const given = parts.filter((part) => response[part]).map((part) => [part, text(response[part])]);
  const transports = response.getTransports?.();
  return JSON.stringify({ id, rawId: id, type, response: { ...Object.fromEntries(given), transports } });
}

/** The page's sentence for each error. */
const sentences = { NotAllowedError: 'cancelled', InvalidStateError: 'known', SecurityError: 'elsewhere' };

async function answer(place) {
  const publicKey = asked(place);
  const create = place.dataset.create !== undefined;
  return told(
    await (create ? navigator.credentials.create({ publicKey }) : navigator.credentials.get({ publicKey })),
  );
}

function setUp(place) {
  const form = place.closest('form');
  const { response } = form.elements;
  const said = place.querySelector('[role=status]');
  let waiting = false;
  // a page that the browser kept must not send an answer twice
  addEventListener('pageshow', () => (response.value = ''));
  form.addEventListener('submit', async (event) => {
    if (response.value) return;
    event.preventDefault();
    if (waiting) return;
    waiting = true;
    said.textContent = '';
    try {
      response.value = await answer(place);
      form.requestSubmit(event.submitter);
    } catch (error) {
      said.textContent = place.dataset[sentences[error.name] ?? 'failed'];
    } finally {
      waiting = false;
    }
  });
}

for (const place of document.querySelectorAll('[data-passkey]')) {
  if (!globalThis.PublicKeyCredential) continue;
  place.querySelector('[data-unsupported]').hidden = true;
  place.querySelector('[data-supported]').hidden = false;
  setUp(place);
}

// The sign-in page: a passkey in place of e-mail and password, by its button or by autofill.
function invites(form) {
  const { response } = form.elements;
  const said = form.querySelector('[role=status]');
  let pending;

  async function invite(mediation) {
    pending?.abort();
    const { signal } = (pending = new AbortController());
    const answered = await fetch(form.action, { headers: { Accept: 'application/json' } });
    const place = { dataset: { passkey: await answered.text() } };
    const key = await navigator.credentials.get({ publicKey: asked(place), mediation, signal });
    response.value = told(key);
    form.submit();
  }

  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    said.textContent = '';
    try {
      await invite();
    } catch (error) {
      said.textContent = form.dataset[sentences[error.name] ?? 'failed'];
      autofill();
    }
  });

  /**
   * Waits in the background until a person picks a passkey in a field. A challenge lasts five minutes, so it is renewed
   * before its end.
   */
  async function autofill() {
    if (!(await PublicKeyCredential.isConditionalMediationAvailable?.())) return;
    const renewal = setTimeout(autofill, 240_000);
    // pressing the button or cancelling ends this one
    await invite('conditional').catch(() => clearTimeout(renewal));
  }

  form.hidden = false;
  autofill();
}

const [door] = document.querySelectorAll('form[data-passkey-invites]');
if (door && globalThis.PublicKeyCredential) invites(door);

// The Security page: the browser of the owner hides passkeys that were removed, and shows the owner's current names
// (WebAuthn level 3 §5.1.10).
async function signals({ dataset }) {
  const { rpId, userId, allAcceptedCredentialIds, name, displayName } = JSON.parse(dataset.passkeySignal);
  await PublicKeyCredential.signalAllAcceptedCredentials?.({ rpId, userId, allAcceptedCredentialIds });
  await PublicKeyCredential.signalCurrentUserDetails?.({ rpId, userId, name, displayName });
}

for (const place of document.querySelectorAll('[data-passkey-signal]'))
  // at another address than the site's own the browser refuses, and nothing is lost
  if (globalThis.PublicKeyCredential) signals(place).catch(() => undefined);
