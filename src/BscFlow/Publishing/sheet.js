// Finds a voter's line on the sheet of a secret vote by the secret word of their receipt. The word does not leave the browser.

const form = document.getElementById("find-line");
const said = document.getElementById("found-line");
const bytes = new TextEncoder();

// As BallotReceipt.Read: case, hyphens and blanks do not matter.
function wordOf(typed) {
  const letters = typed.toLowerCase().replace(/[^a-z0-9]/g, "");
  return letters.length === 16 ? letters.match(/.{4}/g).join("-") : null;
}

// As SecretLine.Of; of a motion without options the ballot is its vote, and in old files the code is the word itself: HMAC-SHA256(word, ballot), 64 hexadecimal digits.
async function codeOf(key, marks) {
  const mac = await crypto.subtle.sign("HMAC", key, bytes.encode(marks));
  return [...new Uint8Array(mac)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

const list = (names) => names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;

// As BallotWriting says it on the receipt. A mark is a number, "-" where there is none, or "?" for no opinion.
function inWords(kind, names, marks) {
  const named = (before, isIt) => {
    const found = list(names.filter((_, i) => isIt(marks[i])));
    return found ? [before + found] : [];
  };
  let parts;
  if (kind === "Ranked") {
    const ranks = [...new Set(marks.filter((mark) => mark >= 0))].sort((a, b) => a - b);
    let place = 1;
    parts = ranks.map((rank) => {
      const tied = names.filter((_, i) => marks[i] === rank);
      place += tied.length;
      return `${place - tied.length}. ${list(tied)}`;
    });
  } else if (kind === "Score") {
    parts = names.flatMap((name, i) => marks[i] >= 0 ? [`${name} ${marks[i]}`] : []);
  } else if (kind === "Approval") {
    parts = named("approves of ", (mark) => mark > 0);
  } else {
    parts = [...named("yes to ", (mark) => mark > 0), ...named("no to ", (mark) => mark === "0")];
  }

  const said = [parts.join(", "), ...named("no opinion on ", (mark) => mark === "?")].filter((part) => part).join("; ");
  return said || (kind === "Ranked" ? "ranks none" : "approves of none");
}

// The lines of the page, or, where they are too many for one, those of the file.
async function linesOf() {
  const rows = [...document.querySelectorAll("table.sheet tbody tr")];
  if (rows.length > 0) {
    return rows.map((row) => ({
      row, code: row.querySelector("code").textContent, marks: row.dataset.marks, says: row.querySelector("td").textContent.trim(),
    }));
  }

  const answer = await fetch(form.dataset.tally);
  if (!answer.ok) {
    throw new Error(`The sheet cannot be read: ${answer.status}.`);
  }

  const tally = await answer.json();
  const names = (tally.options?.options ?? []).map((option) => option.name);
  return tally.receipts.map(({ receipt, vote, marks }) => ({
    code: receipt,
    marks: marks ?? vote,
    says: marks === undefined ? vote.toLowerCase() : inWords(tally.options.kind, names, marks.split(",")),
  }));
}

async function find(word) {
  const lines = await linesOf();
  if (!globalThis.crypto?.subtle) {
    return "Your browser can look for a line only on a page that came by https.";
  }

  const key = await crypto.subtle.importKey("raw", bytes.encode(word), { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  const made = new Map();
  for (const marks of new Set(lines.map((line) => line.marks))) {
    made.set(marks, await codeOf(key, marks));
  }

  const mine = lines.find((line) => line.code === made.get(line.marks) || line.code === word);
  document.querySelector("tr.mine")?.classList.remove("mine");
  mine?.row?.classList.add("mine");
  mine?.row?.scrollIntoView({ block: "nearest" });
  return mine ? `Your ballot is on the sheet: ${mine.says}` : "No line of this sheet is made by this word.";
}

form.hidden = false;
document.getElementById("by-hand").hidden = true;
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const word = wordOf(form.elements.word.value);
  said.textContent = "";
  try {
    said.textContent = word === null
      ? "A secret word has 16 letters and digits, such as abcd-efgh-ijkl-mnop."
      : await find(word);
  } catch (error) {
    said.textContent = `The line cannot be looked for: ${error.message}`;
  }
});
