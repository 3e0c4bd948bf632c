import { HEIGHT, palette, WIDTH } from "./canvas.ts";

/** What the food lies on, around the middle of the canvas; drawn with a shadow by the scene. */

const X = WIDTH / 2;
const Y = HEIGHT / 2;

function ellipse(part: number, [width, height]: readonly [number, number], style: string): string {
  return `<ellipse cx="${X}" cy="${Y}" rx="${width * part}" ry="${height * part}" ${style}/>`;
}

export function plate(colour: string, rim: string, radii: readonly [number, number] = [256, 256]): string {
  return [
    ellipse(1, radii, `fill="${colour}"`),
    ellipse(0.93, radii, `fill="none" stroke="${rim}" stroke-width="8"`),
    ellipse(0.72, radii, `fill="#3b1d0a" fill-opacity=".09"`),
    ellipse(0.7, radii, `fill="${colour}"`),
    ellipse(0.7, radii, `fill="#fff" fill-opacity=".35"`),
  ].join("");
}

/** A basket with greaseproof paper. */
export function basket(colour: string): string {
  const [width, height] = [620, 400];
  const [left, top] = [X - width / 2, Y - height / 2];
  return `<rect x="${left}" y="${top}" width="${width}" height="${height}" rx="120" fill="${colour}"/>
<rect x="${left + 9}" y="${top + 9}" width="${width - 18}" height="${height - 18}" rx="112" fill="none" stroke="#fff" stroke-opacity=".3" stroke-width="6"/>
<path d="M${X - 270} ${Y - 96}L${X - 206} ${Y - 172}L${X - 60} ${Y - 150}L${X + 84} ${Y - 178}L${X + 214} ${Y - 148}L${X + 282} ${Y - 60}L${X + 262} ${Y + 84}L${X + 196} ${Y + 170}L${X + 40} ${Y + 152}L${X - 96} ${Y + 176}L${X - 220} ${Y + 150}L${X - 284} ${Y + 66}z" fill="${palette.paper}"/>
<path d="M${X - 206} ${Y - 172}L${X - 170} ${Y - 60}M${X + 214} ${Y - 148}L${X + 150} ${Y - 70}M${X + 196} ${Y + 170}L${X + 160} ${Y + 72}M${X - 220} ${Y + 150}L${X - 150} ${Y + 70}" stroke="#3b1d0a" stroke-opacity=".08" stroke-width="5" stroke-linecap="round"/>`;
}

export function board(tone: string): string {
  const [width, height] = [560, 380];
  const [left, top] = [X - width / 2 - 30, Y - height / 2];
  const right = left + width;
  const grain = [70, 138, 214, 296].map(
    (y, index) =>
      `M${left + 40 + index * 22} ${top + y}q140 ${index % 2 === 0 ? 16 : -14} ${330 + index * 24} 0`,
  );
  return `<path d="M${left + 46} ${top}H${right - 46}a46 46 0 0 1 46 46V${Y - 56}q6 20 30 20h40a36 36 0 0 1 0 72h-40q-24 0 -30 20V${top + height - 46}a46 46 0 0 1 -46 46H${left + 46}a46 46 0 0 1 -46 -46V${top + 46}a46 46 0 0 1 46 -46z" fill="${tone}"/>
<circle cx="${right + 66}" cy="${Y}" r="13" fill="#3b1d0a" fill-opacity=".55"/>
<path d="${grain.join("")}" fill="none" stroke="${palette.cocoa}" stroke-opacity=".18" stroke-width="5" stroke-linecap="round"/>`;
}

/** A napkin with a hem, laid askew. */
export function napkin(colour: string, hem: string, angle: number): string {
  const side = 440;
  const inner = side - 48;
  return `<g transform="rotate(${angle} ${X} ${Y})">
<rect x="${X - side / 2}" y="${Y - side / 2}" width="${side}" height="${side}" rx="10" fill="${colour}"/>
<rect x="${X - inner / 2}" y="${Y - inner / 2}" width="${inner}" height="${inner}" fill="none" stroke="${hem}" stroke-width="7" stroke-dasharray="18 12"/>
<path d="M${X - side / 2} ${Y}H${X + side / 2}M${X} ${Y - side / 2}V${Y + side / 2}" stroke="#3b1d0a" stroke-opacity=".06" stroke-width="5"/>
</g>`;
}
