import type { RequestHandler } from 'express';
import helmet from 'helmet';
import type { Config } from '../../config.js';

/** Security headers of every answer (OWASP Secure Headers; ASVS 3.4). */
export function headers({ https }: Config): RequestHandler {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        // Bootstrap's icons are images inside its stylesheet.
        imgSrc: ["'self'", 'data:'],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    // Without https this header would make the portal unreachable.
    strictTransportSecurity: https && { maxAge: 31_536_000, includeSubDomains: true },
    // Helmet's own `no-referrer` makes browsers send `Origin: null` with our own forms.
    referrerPolicy: { policy: 'same-origin' },
    crossOriginOpenerPolicy: { policy: 'same-origin' },
    xFrameOptions: { action: 'deny' },
  });
}
