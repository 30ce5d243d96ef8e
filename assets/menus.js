// An open menu closes when the attention goes elsewhere.
for (const menu of document.querySelectorAll('details.menu')) {
  const close = () => menu.removeAttribute('open');
  document.addEventListener('click', (event) => menu.contains(event.target) || close());
  menu.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    close();
    menu.querySelector('summary').focus();
  });
}
