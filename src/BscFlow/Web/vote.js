// Orders a ballot by buttons: each moves its option one place, the numbers follow, and the focus stays with the option. Without
// this script the numbers are written by hand.
'use strict';

for (const list of document.querySelectorAll('ol.ranks')) {
  const said = list.nextElementSibling;
  list.classList.add('movable');

  const rows = () => [...list.querySelectorAll('li')];
  const markOf = (row) => row.querySelector('input[name=mark]');

  // Options that have a number, the best first; those that are as good as each other together.
  const places = () => {
    const found = new Map();
    for (const row of rows()) {
      const mark = markOf(row).value.trim();
      if (/^[1-9][0-9]{0,3}$/.test(mark)) {
        found.set(Number(mark), [...(found.get(Number(mark)) ?? []), row]);
      }
    }

    return [...found].sort(([one], [other]) => one - other).map(([, place]) => place);
  };

  // What has no number, or ?, is left alone until it is moved itself: it goes up behind all that have one. One that was as good as
  // others goes before or behind them; one that is the last of the numbered goes down among those without.
  const move = (row, by) => {
    let ranked = places();
    const at = ranked.findIndex((place) => place.includes(row));
    const others = rows().length - ranked.flat().length;
    if (at < 0) {
      if (by > 0) {
        return;
      }

      ranked.push([row]);
    } else {
      const alone = ranked[at].length === 1;
      ranked[at] = ranked[at].filter((other) => other !== row);
      const to = by < 0 ? at - Number(alone) : at + 1;
      ranked = ranked.filter((place) => place.length > 0);
      if (to <= ranked.length || others === 0) {
        ranked.splice(Math.max(to, 0), 0, [row]);
      } else {
        markOf(row).value = '';
      }
    }

    // As in a race: who comes after two that are first is third.
    let ahead = 0;
    for (const place of ranked) {
      place.forEach((other) => { markOf(other).value = String(ahead + 1); });
      ahead += place.length;
    }

    const order = ranked.flat();
    list.prepend(...order);
    if (!order.includes(row)) {
      order.at(-1)?.after(row);
      said.textContent = `${row.dataset.name} has no number.`;
    } else {
      said.textContent = `${row.dataset.name} is number ${markOf(row).value}.`;
    }
  };

  list.addEventListener('click', (event) => {
    const button = event.target.closest('button.move');
    if (button) {
      move(button.closest('li'), Number(button.dataset.by));
      button.focus();
    }
  });
}
