// The page on which minutes are written: sends the form while one types, and shows its answer in place.
// What is understood, saved and merged is the server's business; without this script the same form has a button.
'use strict';

(() => {
  const form = document.querySelector('form[data-auto]');
  if (!form) {
    return;
  }

  const text = form.elements.text;
  const message = document.getElementById('message');
  const saves = form.dataset.auto === 'draft';
  const pause = 800;
  const retry = 5000;
  let timer = 0;
  let busy = false;
  let dirty = false;

  const soon = (delay) => {
    clearTimeout(timer);
    timer = setTimeout(send, delay);
  };

  const say = (words, problem) => {
    message.textContent = words;
    message.className = problem ? 'error' : 'said';
  };

  // The caret stays where it is in the text, whatever changed above or below it.
  const replace = (now) => {
    const old = text.value;
    if (old === now) {
      return;
    }

    let same = 0;
    while (same < old.length && old[same] === now[same]) {
      same++;
    }

    const place = (at) => (at <= same ? at : Math.max(same, now.length - (old.length - at)));
    const [start, end, top] = [place(text.selectionStart), place(text.selectionEnd), text.scrollTop];
    text.value = now;
    text.setSelectionRange(start, end);
    text.scrollTop = top;
  };

  const boxes = () => [...form.querySelectorAll('.attendance input[type=checkbox]')];

  const show = (page, sent, ticked) => {
    const answer = page.querySelector('form[data-auto]');
    const stored = answer.elements.text.value;
    const settled = text.value === sent;
    const refused = page.getElementById('message').classList.contains('error');
    if (settled) {
      replace(stored);
    }

    if (settled || (stored === sent && !refused)) {
      form.elements.original.value = answer.elements.original.value;
      form.elements.version.value = answer.elements.version.value;
    } else if (saves && !refused && answer.elements.version.value !== form.elements.version.value) {
      // Typed on meanwhile, and the stored text has more than was sent: the next save merges, from what was sent.
      form.elements.original.value = sent;
    }

    if (settled || (saves && !refused)) {
      form.elements.was.value = answer.elements.was.value;
      for (const box of boxes()) {
        const other = answer.querySelector(`.attendance input[type=checkbox][name="${box.name}"][value="${box.value}"]`);
        // A box that was ticked since the form was sent is still to be sent.
        if (box.checked === ticked.get(box)) {
          box.checked = other !== null && other.checked;
        }
      }
    }

    for (const id of ['quorum', 'preview', 'message']) {
      const [here, there] = [document.getElementById(id), page.getElementById(id)];
      if (here.innerHTML !== there.innerHTML) {
        here.replaceChildren(...there.childNodes);
      }

      here.className = there.className;
    }
  };

  async function send() {
    if (busy) {
      soon(pause);
      return;
    }

    busy = true;
    dirty = false;
    const sent = text.value;
    const ticked = new Map(boxes().map((box) => [box, box.checked]));
    const body = new FormData(form);
    body.set('do', form.dataset.auto);
    try {
      const answer = await fetch(location.pathname, { method: 'POST', body, headers: { Accept: 'text/html' } });
      if (answer.ok) {
        show(new DOMParser().parseFromString(await answer.text(), 'text/html'), sent, ticked);
      } else {
        dirty = true;
        say(answer.status === 401
          ? 'Not saved: your session has ended. Open the desk in another window, then go on here.'
          : `Not saved: the server answered ${answer.status}.`, true);
        soon(retry);
      }
    } catch {
      dirty = true;
      say('Not saved: the server cannot be reached. It is tried again.', true);
      soon(retry);
    } finally {
      busy = false;
    }

    if (text.value !== sent && !dirty) {
      dirty = true;
      soon(pause);
    }
  }

  text.addEventListener('input', () => {
    dirty = true;
    soon(pause);
  });

  form.addEventListener('change', (event) => {
    if (event.target.type === 'checkbox') {
      dirty = true;
      soon(0);
    }
  });

  // Whoever leaves the page by a button of the form takes the text along.
  form.addEventListener('submit', () => {
    clearTimeout(timer);
    dirty = false;
  });

  addEventListener('beforeunload', (event) => {
    if (saves && (dirty || busy)) {
      event.preventDefault();
    }
  });
})();
