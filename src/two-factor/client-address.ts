/** The package's way to read clients' addresses, used by the portal too: both count, tell and keep the same one. */
export { clientAddress as bareAddress, networkOf } from 'nestjs-two-factor';
