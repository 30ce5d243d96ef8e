// Codes of an authenticator app depend on the time. A difference of more than 20 seconds between this browser's clock
// and the server's may affect the phone's clock too. A hidden note about it is then shown.
const limit = 20_000;

for (const note of document.querySelectorAll('[data-server-time]')) {
  const [page] = performance.getEntriesByType('navigation');
  const arrived = Date.now() - (performance.now() - page.responseStart);
  note.hidden = Math.abs(arrived - Number(note.dataset.serverTime)) <= limit;
}
