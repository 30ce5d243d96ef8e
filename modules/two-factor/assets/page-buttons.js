// A page of the browser's memory is older than the account: Back shows the server's page, never old codes.
addEventListener('pageshow', (shown) => {
  if (shown.persisted) location.reload();
});

// Buttons that need a script stay hidden without it: everything can be selected, copied and printed by hand.

// Copies the button's own text, and says so to those who look and those who listen.
for (const button of document.querySelectorAll('button[data-copy]')) {
  button.hidden = false;
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(button.dataset.copy);
    const said = button.parentElement.querySelector('[role=status]');
    if (said) said.textContent = button.dataset.copied;
  });
}

for (const button of document.querySelectorAll('button[data-print]')) {
  button.hidden = false;
  button.addEventListener('click', () => window.print());
}

// "Cancel" closes its form without loading the page again; Escape does the same.
for (const form of document.querySelectorAll('details.more')) {
  const close = (event) => {
    event.preventDefault();
    form.removeAttribute('open');
    form.querySelector('summary').focus();
  };
  form.querySelector('[data-close]')?.addEventListener('click', close);
  form.addEventListener('keydown', (event) => event.key === 'Escape' && close(event));
}
