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
  const patience = 20000;
  let busy = false;
  let dirty = false;
  let leaving = false;

  // What was sent and may be stored without the answer having come. It is sent again as it was, until an answer says what stands:
  // what was typed since would otherwise be merged with what it was made of, as if somebody else had written that.
  let lost = null;

  // The button that was pressed while an answer was under way; it is pressed again once that is there.
  let pressed = null;

  const soon = (delay) => {
    clearTimeout(timer);
    timer = setTimeout(send, delay);
  };

  const say = (words, problem) => {
    message.textContent = words;
    message.className = problem ? 'error' : 'said';
  };

  // What stands in place of what, from the first difference to the last.
  const change = (was, now) => {
    const most = Math.min(was.length, now.length);
    let start = 0;
    while (start < most && was[start] === now[start]) {
      start++;
    }

    let tail = 0;
    while (tail < most - start && was.at(-1 - tail) === now.at(-1 - tail)) {
      tail++;
    }

    return { start, end: was.length - tail, words: now.slice(start, now.length - tail) };
  };

  // Two changes of one text together; null where they touch each other, for then the server has to merge them line by line.
  const join = (was, stored, typed) => {
    if (stored === was) {
      return typed;
    }

    const [first, second] = [change(was, stored), change(was, typed)].sort((one, other) => one.start - other.start);
    return first.end < second.start
      ? was.slice(0, first.start) + first.words + was.slice(first.end, second.start) + second.words + was.slice(second.end)
      : null;
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
  const { chair } = form.elements;

  const show = (page, sent, ticked, chosen) => {
    const answer = page.querySelector('form[data-auto]');
    const stored = answer.elements.text.value;
    const settled = text.value === sent;
    const refused = page.getElementById('message').classList.contains('error');
    const joined = settled ? stored : refused ? null : join(sent, stored, text.value);
    if (joined !== null) {
      replace(joined);
      form.elements.original.value = answer.elements.original.value;
      form.elements.version.value = answer.elements.version.value;
    } else if (saves && !refused) {
      // The next save merges, from what was sent.
      form.elements.original.value = sent;
    }

    if (joined !== null || (saves && !refused)) {
      form.elements.was.value = answer.elements.was.value;
      for (const box of boxes()) {
        const other = answer.querySelector(`.attendance input[type=checkbox][name="${box.name}"][value="${box.value}"]`);
        // A box that was ticked since the form was sent is still to be sent.
        if (box.checked === ticked.get(box)) {
          box.checked = other !== null && other.checked;
        }
      }

      form.elements['chair.was'].value = answer.elements['chair.was'].value;
      if (chair.value === chosen) {
        // The first stands for whom the text names beyond the roster.
        chair.options[0].textContent = answer.elements.chair.options[0].textContent;
        chair.value = answer.elements.chair.value;
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

  const take = () => {
    const body = new FormData(form);
    body.set('do', form.dataset.auto);
    return { body, text: text.value, chosen: chair.value, ticked: new Map(boxes().map((box) => [box, box.checked])) };
  };

  const fail = (words) => {
    dirty = true;
    pressed = null;
    say(`Not saved: ${words}`, true);
    soon(retry);
  };

  async function send() {
    if (leaving) {
      return;
    }

    if (busy) {
      soon(pause);
      return;
    }

    busy = true;
    const sent = lost ?? take();
    lost = saves ? sent : null;
    dirty = false;
    try {
      const answer = await fetch(location.pathname, {
        method: 'POST', body: sent.body, headers: { Accept: 'text/html' }, signal: AbortSignal.timeout(patience),
      });
      if (answer.ok) {
        const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
        lost = null;
        if (text.value !== sent.text || chair.value !== sent.chosen || boxes().some((box) => box.checked !== sent.ticked.get(box))) {
          dirty = true;
          soon(pause);
        }

        show(page, sent.text, sent.ticked, sent.chosen);
      } else {
        // Whoever was refused has stored nothing; where the server itself failed, it cannot be told.
        lost = answer.status >= 500 ? lost : null;
        fail(answer.status === 401
          ? 'your session has ended. Open the desk in another window, then go on here.'
          : `the server answered ${answer.status}.`);
      }
    } catch {
      fail('the server cannot be reached. It is tried again.');
    } finally {
      busy = false;
    }

    if (pressed) {
      form.requestSubmit(pressed);
    }
  }

  text.addEventListener('input', () => {
    dirty = true;
    soon(pause);
  });

  form.addEventListener('change', (event) => {
    if (event.target.type === 'checkbox' || event.target === chair) {
      dirty = true;
      soon(0);
    }
  });

  // Whoever leaves the page by a button of the form takes the text along, made of what the last answer said.
  form.addEventListener('submit', (event) => {
    clearTimeout(timer);
    if (busy || lost) {
      event.preventDefault();
      pressed = event.submitter;
      say('Saving …', false);
      if (!busy) {
        send();
      }

      return;
    }

    pressed = null;
    dirty = false;
    leaving = true;
  });

  // Whoever comes back finds the page as it was left.
  addEventListener('pageshow', () => {
    leaving = false;
  });

  addEventListener('beforeunload', (event) => {
    if (saves && (dirty || busy)) {
      event.preventDefault();
    }
  });
})();
