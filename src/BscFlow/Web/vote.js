// Orders a ballot by buttons: each moves its option one place, the numbers follow, and the focus stays with the option. Without
// this script the numbers are written by hand.
'use strict';

for (const list of document.querySelectorAll('ol.ranks')) {
  const said = list.nextElementSibling;
  list.classList.add('movable');

  const rows = () => [...list.querySelectorAll('li')];
  const rankOf = (row) => row.querySelector('input[name=mark]');

  const number = () => rows().forEach((row, i) => { rankOf(row).value = String(i + 1); });

  const move = (row, by) => {
    // What has no rank yet gets the one of its place.
    const all = rows();
    const to = all.indexOf(row) + by;
    if (to < 0 || to >= all.length) {
      return;
    }

    const next = all[to];
    if (by < 0) {
      next.before(row);
    } else {
      next.after(row);
    }

    number();
    said.textContent = `${row.dataset.name} is number ${to + 1} of ${all.length}.`;
  };

  for (const row of rows()) {
    for (const [label, by] of [['Up', -1], ['Down', 1]]) {
      const button = document.createElement('button');
      button.type = 'button';
      button.className = 'move';
      button.textContent = label;
      button.setAttribute('aria-label', `${label}: ${row.dataset.name}`);
      button.addEventListener('click', () => {
        move(row, by);
        button.focus();
      });
      row.append(' ', button);
    }
  }
}
