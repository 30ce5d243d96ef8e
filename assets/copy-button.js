// Copies the text of the element named by `data-copy`, and says so to those who look and those who listen.
// Without this script the buttons stay hidden: everything can be selected and copied by hand.
for (const button of document.querySelectorAll('button[data-copy]')) {
  button.hidden = false;
  button.addEventListener('click', async () => {
    const source = document.getElementById(button.dataset.copy);
    const said = document.getElementById(button.dataset.copied);
    await navigator.clipboard.writeText(source.dataset.copyText ?? source.textContent.trim());
    if (said) said.textContent = button.dataset.copiedText;
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
