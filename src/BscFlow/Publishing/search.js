// Searches the site's index in the browser. A question is all of its words, each of which may be the beginning of one.
// The index comes in parts, as scripts that call bscflow(name, data): see search/index.js.

const most = 50;
const around = 90;
const input = document.getElementById("q");
const found = document.getElementById("found");
const hits = document.getElementById("hits");
const parts = new Map();
const waiting = new Map();
let asked = 0;

window.bscflow = (name, data) => waiting.get(name)?.(data);

function load(name) {
  if (!parts.has(name)) {
    parts.set(name, new Promise((resolve, reject) => {
      waiting.set(name, resolve);
      const script = document.createElement("script");
      script.src = `search/${name}.js`;
      script.onerror = () => {
        parts.delete(name);
        reject(new Error(`The part ${name} of the index cannot be loaded.`));
      };
      document.head.append(script);
    }));
  }
  return parts.get(name);
}

// As SearchIndex.Fold: the same letters without marks, in lower case.
const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
const wordsOf = (text) => fold(text).match(/[\p{L}\p{Nd}]+/gu) ?? [];

// Numbers of a year's documents with a word that begins so.
async function documentsWith(start, year) {
  let first = 0;
  while (first + 1 < year.words.length && year.words[first + 1] <= start) first++;
  const result = new Set();
  for (let part = first; part < year.words.length; part++) {
    if (part > first && !year.words[part].startsWith(start)) break;
    const words = await load(`${year.name}/words-${part}`);
    for (let i = 0; i < words.length; i += 2) {
      if (words[i].startsWith(start)) {
        let number = 0;
        for (const step of words[i + 1]) result.add(number += step);
      }
    }
  }
  return result;
}

// Places of a year's documents that have all the words, the latest first.
async function searchYear(words, year) {
  let numbers = null;
  for (const word of words) {
    const some = await documentsWith(word, year);
    numbers = numbers === null ? [...some] : numbers.filter((number) => some.has(number));
    if (numbers.length === 0) break;
  }
  return numbers.sort((a, b) => b - a).map((number) => ({ year: year.name, number }));
}

async function search(question) {
  const words = [...new Set(wordsOf(question))].sort((a, b) => b.length - a.length);
  if (words.length === 0) return { words, all: [] };
  const index = await load("index");
  const all = (await Promise.all(index.years.map((year) => searchYear(words, year)))).reverse().flat();
  const documents = await Promise.all(all.slice(0, most).map(async ({ year, number }) =>
    (await load(`${year}/documents-${Math.floor(number / index.part)}`))[number % index.part]));
  return { words, all, documents };
}

// Places of the words in a text, as [from, to]: words of the text that begin like one that was asked for.
function places(text, words) {
  const result = [];
  for (const match of text.matchAll(/[\p{L}\p{M}\p{Nd}]+/gu)) {
    const folded = fold(match[0]);
    const word = words.find((each) => folded.startsWith(each));
    if (word) {
      const whole = folded.length === match[0].length ? word.length : match[0].length;
      result.push([match.index, match.index + whole]);
    }
  }
  return result;
}

// The text around the first hits, with the hits marked.
function excerpt(text, words) {
  const marks = places(text, words);
  const paragraph = document.createElement("p");
  const start = marks.length > 0 && text.length > 3 * around ? Math.max(0, text.lastIndexOf(" ", Math.max(0, marks[0][0] - around)) + 1) : 0;
  const end = text.length - start > 3 * around ? text.lastIndexOf(" ", start + 3 * around) : text.length;
  let at = start;
  if (start > 0) paragraph.append("… ");
  for (const [from, to] of marks.filter((mark) => mark[0] >= start && mark[1] <= end)) {
    const mark = document.createElement("mark");
    mark.textContent = text.slice(from, to);
    paragraph.append(text.slice(at, from), mark);
    at = to;
  }
  paragraph.append(text.slice(at, end));
  if (end < text.length) paragraph.append(" …");
  return paragraph;
}

function entry([path, kind, title, date, text], words) {
  const item = document.createElement("li");
  const link = document.createElement("a");
  link.href = path;
  link.textContent = title;
  const time = document.createElement("time");
  time.dateTime = date;
  time.textContent = new Date(`${date}T00:00Z`).toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
  const heading = document.createElement("h2");
  heading.append(link);
  const facts = document.createElement("p");
  facts.className = "facts";
  for (const part of [kind, time]) {
    const span = document.createElement("span");
    span.append(part);
    facts.append(span);
  }
  item.append(heading, facts, excerpt(text, words));
  return item;
}

async function ask() {
  const mine = ++asked;
  const question = input.value.trim();
  history.replaceState(null, "", question ? `?q=${encodeURIComponent(question)}` : location.pathname);
  try {
    const { words, all, documents = [] } = await search(question);
    if (mine !== asked) return;
    hits.replaceChildren(...documents.map((document) => entry(document, words)));
    found.textContent = words.length === 0 ? "Give words, or how they begin."
      : all.length === 0 ? "Nothing was found."
      : all.length > most ? `${all.length} found; these are the latest ${most}.`
      : `${all.length} found.`;
  } catch (error) {
    if (mine === asked) found.textContent = error.message;
  }
}

input.form.addEventListener("submit", (event) => {
  event.preventDefault();
  ask();
});
let typing;
input.addEventListener("input", () => {
  clearTimeout(typing);
  typing = setTimeout(ask, 120);
});
input.value = new URLSearchParams(location.search).get("q") ?? "";
if (input.value) ask();
input.focus();
