// Words on the map between the names: countries, cities, years.

const CAPTION = "600 15px system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif";

function drawCaptions(context, spots, taken, colours) {
  context.font = CAPTION;
  context.textBaseline = "top";
  if (view.open !== null) return;
  if (view.layout === "countries") drawBanks(context, spots, taken, colours);
  else settings.captions[view.layout][tall ? 1 : 0].forEach((caption) => drawCaption(context, caption, taken, colours));
}

function drawCaption(context, caption, taken, colours) {
  const text = { year: caption.text, city: caption.text, side: bankName(caption.text === "side0" ? 0 : 1) }[caption.kind] ?? say(caption.text);
  if (!text) return;
  const at = network.canvasToDOM({ x: caption.x, y: caption.y });
  context.font = caption.kind === "city" ? CAPTION.replace("15px", "12.5px") : CAPTION;
  const width = context.measureText(text).width;
  const box = { left: at.x - width / 2, right: at.x + width / 2, top: at.y - 9, bottom: at.y + 9 };
  if (!taken.free(box)) return;
  write(context, text, box, caption.kind === "side" ? colours.slots[caption.text === "side0" ? "0" : "1"] : colours.muted);
  taken.add(box);
}

function write(context, text, box, colour) {
  context.textAlign = "left";
  context.lineJoin = "round";
  context.lineWidth = 4;
  context.strokeStyle = colours.paper;
  context.strokeText(text, box.left, box.top);
  context.fillStyle = colour;
  context.fillText(text, box.left, box.top);
}

// What each of the two banks is called: a country, or one of two sides that were asked for.
function bankName(region) {
  if (settings.about.view === "between") return settings.about.names[region];
  const member = (groups.length ? groups : institutions).find((each) => each.region === region);
  return member ? sayCountry(member.country) : "";
}

function drawBanks(context, spots, taken, colours) {
  const banks = [0, 1].map((region) => [...spots].filter(([item]) => item.region === region));
  const topOf = (bank) => Math.min(...bank.map(([, spot]) => spot.y - spot.radius));
  const highest = Math.min(...banks.map(topOf));
  banks.forEach((bank, region) => {
    if (bank.length < (settings.about.view === "between" ? 1 : 3)) return;
    const name = bankName(region);
    const top = tall ? topOf(bank) : highest;
    const width = context.measureText(name).width;
    const left = tall ? (top < 100 ? 62 : 14) : bank.reduce((sum, [, spot]) => sum + spot.x, 0) / bank.length - width / 2;
    const box = { left, right: left + width, top: top - 42, bottom: top - 24 };
    const sided = settings.about.view === "between";
    write(context, name, box, sided ? colours.ink : colours.slots[bank[0][0].slot]);
    taken.add(box);
  });
}
