import { seeded } from "../../../platform/seeded.ts";
import { HEIGHT, palette, pick, px, sheet, times, WIDTH } from "./canvas.ts";

/** Surfaces that lie about outdoors and in kitchens. */

export function planks(tones: readonly [string, ...string[]], seed: number): string {
  const random = seeded(seed);
  const height = HEIGHT / 4;
  const boards = times(4, (row) => {
    const top = row * height;
    const tone = tones[row % tones.length] ?? tones[0];
    const grain = times(7, () => {
      const y = px(top + 12 + random() * (height - 24));
      const bend = px((random() - 0.5) * 26);
      const [from, to] = [px(random() * WIDTH * 0.6 - 80), px(WIDTH * (0.5 + random() * 0.6))];
      const middle = px((from + to) / 2);
      return `<path d="M${from} ${y}Q${middle} ${px(y + bend)} ${to} ${y}" stroke-width="${px(2 + random() * 3)}"/>`;
    });
    const joint = px(120 + random() * (WIDTH - 240));
    return `<rect y="${top}" width="${WIDTH}" height="${height}" fill="${tone}"/>
<g fill="none" stroke="${palette.cocoa}" stroke-opacity=".16" stroke-linecap="round">${grain.join("")}</g>
<path d="M0 ${top + 1.5}H${WIDTH}" stroke="#fff" stroke-opacity=".22" stroke-width="3"/>
<path d="M0 ${top + height - 1.5}H${WIDTH}M${joint} ${top}v${height}" stroke="${palette.cocoa}" stroke-opacity=".42" stroke-width="3"/>
<g fill="${palette.cocoa}" fill-opacity=".45"><circle cx="${joint - 16}" cy="${top + 26}" r="5"/><circle cx="${joint + 16}" cy="${top + 26}" r="5"/>
<circle cx="${joint - 16}" cy="${top + height - 26}" r="5"/><circle cx="${joint + 16}" cy="${top + height - 26}" r="5"/></g>`;
  });
  return boards.join("");
}

export function meadow(seed: number): string {
  const random = seeded(seed);
  const cell = 64;
  const plants = times(12 * 9, (index) => {
    const x = px(((index % 12) + random()) * cell);
    const y = px((Math.floor(index / 12) + random()) * cell);
    return index % 5 === 0
      ? daisy(x, y, px(8 + random() * 5))
      : tuft(x, y, pick(random, ["#7d9b45", "#a9c267"]));
  });
  return sheet("#94b257") + plants.join("");
}

function tuft(x: number, y: number, colour: string): string {
  return `<path d="M${x - 11} ${y - 15}Q${x - 3} ${y - 8} ${x} ${y}Q${x} ${y - 14} ${x + 2} ${y - 23}M${x} ${y}Q${x + 5} ${y - 10} ${x + 14} ${y - 14}" fill="none" stroke="${colour}" stroke-width="4.5" stroke-linecap="round"/>`;
}

function daisy(x: number, y: number, size: number): string {
  const petals = times(6, (petal) => {
    const angle = (petal * Math.PI) / 3;
    return `<circle cx="${px(x + size * Math.cos(angle))}" cy="${px(y + size * Math.sin(angle))}" r="${px(size * 0.62)}"/>`;
  });
  return `<g fill="${palette.paper}">${petals.join("")}</g><circle cx="${x}" cy="${y}" r="${px(size * 0.62)}" fill="${palette.mustard}"/>`;
}

/** Seen from the shore: each row of waves before the one above it, and deeper in colour. */
export function water(tones: readonly [string, ...string[]]): string {
  const rows = tones.slice(1).map((tone, row) => {
    const y = 84 + row * 98;
    const wave = times(
      8,
      (index) => `Q${index * 128 - 64 - row * 40 + 32} ${y - 34} ${index * 128 - row * 40 + 32} ${y}`,
    );
    return `<path d="M-256 ${HEIGHT}V${y}H${-128 - row * 40 + 32}${wave.join("")}V${HEIGHT}z" fill="${tone}"/>`;
  });
  return sheet(tones[0]) + rows.join("");
}

/** Chips of stone in a light floor. */
export function terrazzo(ground: string, chips: readonly [string, ...string[]], seed: number): string {
  const random = seeded(seed);
  const cell = 64;
  const stones = times(12 * 9, (index) => {
    const x = ((index % 12) + 0.2 + random() * 0.6) * cell;
    const y = (Math.floor(index / 12) + 0.2 + random() * 0.6) * cell;
    const radius = 9 + random() * 18;
    const turn = random() * Math.PI;
    const corners = times(5, (corner) => {
      const angle = turn + (corner * 2 * Math.PI) / 5;
      const reach = radius * (0.65 + random() * 0.5);
      return `${px(x + reach * Math.cos(angle))},${px(y + reach * Math.sin(angle))}`;
    });
    return `<polygon points="${corners.join(" ")}" fill="${pick(random, chips)}"/>`;
  });
  return sheet(ground) + stones.join("");
}
