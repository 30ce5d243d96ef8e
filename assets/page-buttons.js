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

// An open name menu closes when the attention goes elsewhere.
for (const menu of document.querySelectorAll('details.name-menu')) {
  const close = () => menu.removeAttribute('open');
  document.addEventListener('click', (event) => menu.contains(event.target) || close());
  menu.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    close();
    menu.querySelector('summary').focus();
  });
}
