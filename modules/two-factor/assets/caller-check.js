// The panel of a caller check looks again every few seconds while the customer has not answered.
const every = 4000;

async function look() {
  const shown = document.querySelector('[data-caller-waits]');
  if (!shown) return;
  try {
    const answer = await fetch(location.pathname, { headers: { Accept: 'text/html' } });
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const fresh = page.querySelector('[data-caller-panel]');
    if (answer.ok && fresh && !fresh.hasAttribute('data-caller-waits')) shown.replaceWith(fresh);
  } catch {
    // Without an answer the panel stays as it is.
  }
  setTimeout(look, every);
}

setTimeout(look, every);
