// Codes of an authenticator app depend on the time. Where this browser's clock and the server's differ by more than 20
// seconds, the phone's may as well: a note that is hidden until then says so.
const limit = 20_000;

for (const note of document.querySelectorAll('[data-server-time]')) {
  const [page] = performance.getEntriesByType('navigation');
  const arrived = Date.now() - (performance.now() - page.responseStart);
  note.hidden = Math.abs(arrived - Number(note.dataset.serverTime)) <= limit;
}
