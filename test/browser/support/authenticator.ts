import type { BrowserContext, CDPSession, Page } from 'playwright-core';

/** A browser that fills no passkeys in: its virtual finger would pick one at once. */
export async function noAutofill(context: BrowserContext): Promise<void> {
  const content = 'PublicKeyCredential.isConditionalMediationAvailable = async () => false;';
  await context.addInitScript({ content });
}

/** What sets one authenticator apart from another, as Chromium's virtual ones know it. */
interface Traits {
  /** Built into the device, or to be plugged in. Default: built in. */
  readonly plugged?: boolean;
  /** Can it verify its user, and does it? Default: both. */
  readonly verifies?: boolean;
}

/** Chromium's virtual authenticator (WebAuthn level 3 §11, by its debugging protocol): a finger is always on it, until it is lifted. */
export class Authenticator {
  private constructor(
    private readonly chrome: CDPSession,
    private id: string,
    private readonly traits: Traits,
  ) {}

  /** Has this browser tab find one. */
  static async at(page: Page, traits: Traits = {}): Promise<Authenticator> {
    const chrome = await page.context().newCDPSession(page);
    await chrome.send('WebAuthn.enable');
    const authenticator = new Authenticator(chrome, '', traits);
    await authenticator.plugIn();
    return authenticator;
  }

  /** A new one, with nothing on it. */
  async plugIn(): Promise<void> {
    const { plugged = false, verifies = true } = this.traits;
    const { authenticatorId } = await this.chrome.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: plugged ? 'usb' : 'internal',
        hasResidentKey: true,
        hasUserVerification: verifies,
        isUserVerified: verifies,
        automaticPresenceSimulation: true,
      },
    });
    this.id = authenticatorId;
  }

  async unplug(): Promise<void> {
    await this.chrome.send('WebAuthn.removeVirtualAuthenticator', { authenticatorId: this.id });
  }

  /** Nobody touches it. */
  async liftFinger(): Promise<void> {
    const setting = { authenticatorId: this.id, enabled: false };
    await this.chrome.send('WebAuthn.setAutomaticPresenceSimulation', setting);
  }

  /** Somebody who is not its user holds it. */
  async changesHands(): Promise<void> {
    const setting = { authenticatorId: this.id, isUserVerified: false };
    await this.chrome.send('WebAuthn.setUserVerified', setting);
  }

  /** How many keys it holds. */
  async size(): Promise<number> {
    return (await this.credentials()).length;
  }

  /** Its owner deletes what is on it. */
  async forgets(): Promise<void> {
    await this.chrome.send('WebAuthn.clearCredentials', { authenticatorId: this.id });
  }

  /** What is on it goes to another one that has signed less often: a copy. */
  async isCopied(): Promise<void> {
    const [credential] = await this.credentials();
    if (!credential) throw new Error('There is nothing to copy.');
    await this.unplug();
    await this.plugIn();
    const copy = { ...credential, signCount: 0 };
    await this.chrome.send('WebAuthn.addCredential', { authenticatorId: this.id, credential: copy });
  }

  private async credentials() {
    const { credentials } = await this.chrome.send('WebAuthn.getCredentials', { authenticatorId: this.id });
    return credentials;
  }
}
