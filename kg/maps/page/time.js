// Years from and to, and a play that lets the network grow year by year.

const sinceInput = document.getElementById("since");
const untilInput = document.getElementById("until");
const playButton = document.getElementById("play");
const period = document.getElementById("period");
let playing = 0;

function showTime() {
  if (!sinceInput) return;
  [sinceInput.value, untilInput.value] = [view.since, view.until];
  const share = (year) => (100 * (year - firstYear)) / (lastYear - firstYear);
  const track = sinceInput.parentElement;
  track.style.setProperty("--from", `${share(view.since)}%`);
  track.style.setProperty("--to", `${share(view.until)}%`);
  const undated = ties.filter((tie) => tie.years.length === 0).length;
  const years = view.since === view.until ? String(view.since) : `${view.since}–${view.until}`;
  period.textContent = allTime() ? say("anyTime") : years;
  period.title = allTime() || !undated ? "" : `${say("noteTime")} ${counted(undated, "undatedTies")}.`;
  const playText = say(playing ? "pause" : "play");
  playButton.title = playText;
  playButton.setAttribute("aria-label", playText);
  playButton.setAttribute("aria-pressed", String(Boolean(playing)));
}

function stop() {
  clearInterval(playing);
  playing = 0;
  showTime();
}

function play() {
  if (!playButton) return;
  if (playing) return stop();
  const from = view.since;
  const undated = ties.filter((tie) => tie.years.length === 0).length;
  if (undated) tell(counted(undated, "undatedTies"));
  change({ since: from, until: from });
  playing = setInterval(() => {
    const next = allYears.find((year) => year > view.until) ?? lastYear;
    if (view.until < lastYear) change({ until: next });
    if (view.until >= lastYear) stop();
  }, 1100);
  return showTime();
}

if (sinceInput) {
  sinceInput.addEventListener("input", () => {
    const since = Number(sinceInput.value);
    change({ since, until: Math.max(since, view.until) });
  });
  untilInput.addEventListener("input", () => {
    const until = Number(untilInput.value);
    change({ until, since: Math.min(until, view.since) });
  });
  playButton.addEventListener("click", play);
}
watchers.push((changes) => { if (!("hovered" in changes)) showTime(); });
