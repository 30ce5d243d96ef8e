// Tells the portal the time zone of this browser, for the times on its pages. Without it they are in the provider's time zone.
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone ?? '';
const isSecure = location.protocol === 'https:';
const pair = `${isSecure ? '__Host-' : ''}portal-time-zone=${zone}`;
if (/^[\w+/-]+$/.test(zone) && !document.cookie.split('; ').includes(pair)) {
  document.cookie = `${pair}; path=/; max-age=31536000; samesite=lax${isSecure ? '; secure' : ''}`;
}
