// What a page can say only where it is read: the time of a meeting in the reader's own zone. Without this it stands in UTC. Nothing is
// said where the reader's clocks show what the committee's do: a time without a zone is read as the reader's.
for (const time of document.querySelectorAll("time[data-local]")) {
  const format = new Intl.DateTimeFormat("en-GB", {
    weekday: "long", day: "numeric", month: "long", hour: "2-digit", minute: "2-digit",
  });
  time.textContent = format.format(new Date(time.dateTime)).replace(" at ", ", ");
  time.parentElement.classList.toggle("same", new Date(time.dataset.local).getTime() === new Date(time.dateTime).getTime());
  const label = time.parentElement.querySelector("[data-zone]");
  if (label) {
    label.textContent = "Where you are";
    label.title = format.resolvedOptions().timeZone;
  }
}
