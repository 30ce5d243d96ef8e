// A form is sent once: its buttons are disabled after the first click. Without this file the server recognises the second
// one. A page that the browser shows again from its memory, or that was not left, gets its buttons back.
const tooLong = 10_000;
const disabled = new Set();

function enable() {
  for (const button of disabled) button.disabled = false;
  disabled.clear();
}

document.addEventListener('submit', (event) => {
  const { target: form } = event;
  // another script sends this form itself, or it only opens a page
  if (event.defaultPrevented || form.method !== 'post') return;
  // after the browser has collected the fields, which include the clicked button
  setTimeout(() => {
    for (const button of form.querySelectorAll('button:not([disabled])')) {
      if (button.type !== 'submit') continue;
      button.disabled = true;
      disabled.add(button);
    }
  });
  setTimeout(enable, tooLong);
});

addEventListener('pageshow', (event) => event.persisted && enable());
