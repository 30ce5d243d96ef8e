import type { BrowserContext, CDPSession, Page } from 'playwright-core';

/** A browser without passkey autofill, because its virtual finger would pick a passkey at once. */
export async function noAutofill(context: BrowserContext): Promise<void> {
  const content = 'PublicKeyCredential.isConditionalMediationAvailable = async () => false;';
  await context.addInitScript({ content });
}

/** The properties in which Chromium's virtual authenticators differ. */
interface Traits {
  /** Whether it is plugged in or built into the device. Default: built in. */
  readonly plugged?: boolean;
  /** Whether it can and does verify its user. Default: both. */
  readonly verifies?: boolean;
}

/**
 * Chromium's virtual authenticator (WebAuthn level 3 §11, by its debugging protocol). A finger is always on it, until
 * it is lifted.
 */
export class Authenticator {
  private constructor(
    private readonly chrome: CDPSession,
    private id: string,
    private readonly traits: Traits,
  ) {}

  /** Attaches an authenticator to this browser tab. */
  static async at(page: Page, traits: Traits = {}): Promise<Authenticator> {
    const chrome = await page.context().newCDPSession(page);
    await chrome.send('WebAuthn.enable');
    const authenticator = new Authenticator(chrome, '', traits);
    await authenticator.plugIn();
    return authenticator;
  }

  /** Attaches a new, empty one. */
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

  /** Lifts the finger, so that no request is confirmed. */
  async liftFinger(): Promise<void> {
    const setting = { authenticatorId: this.id, enabled: false };
    await this.chrome.send('WebAuthn.setAutomaticPresenceSimulation', setting);
  }

  /** Another person holds it, so it does not verify its user. */
  async changesHands(): Promise<void> {
    const setting = { authenticatorId: this.id, isUserVerified: false };
    await this.chrome.send('WebAuthn.setUserVerified', setting);
  }

  /** The number of its keys. */
  async size(): Promise<number> {
    return (await this.credentials()).length;
  }

  /** The name and address that it shows for each key. */
  async owners(): Promise<string[]> {
    return (await this.credentials()).map(
      ({ userDisplayName, userName }) => `${userDisplayName} ${userName}`,
    );
  }

  /** Resolves when the site tells it that a key is not accepted any more. */
  deletion(): Promise<unknown> {
    return new Promise((resolve) => this.chrome.once('WebAuthn.credentialDeleted', resolve));
  }

  /** Resolves when the site tells it another name of the owner. */
  update(): Promise<unknown> {
    return new Promise((resolve) => this.chrome.once('WebAuthn.credentialUpdated', resolve));
  }

  /** The owner deletes its keys. */
  async forgets(): Promise<void> {
    await this.chrome.send('WebAuthn.clearCredentials', { authenticatorId: this.id });
  }

  /** Moves its keys to another one with a lower counter, like a copy. */
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
