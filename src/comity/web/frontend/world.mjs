// Draws the land of the world as pictures for the maps, which the server lays its points over.
// The projection is Natural Earth; comity/services/pages/projection.py computes the same numbers.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { geoNaturalEarth1, geoPath } from "d3-geo";
import { feature, mesh } from "topojson-client";

export const WIDTH = 1000;
export const HEIGHT = 520;
export const SCALE = 180;
export const STEP = 30; // degrees between two pictures, so that no pair lies across an edge

/** Return a path with its points from one to the next, which is a third less once compressed. */
function stepwise(path) {
  let here = [0, 0]; // in tenths, so that nothing is lost on the way
  let start = here;
  return path.replace(/Z|([ML])(-?[\d.]+),(-?[\d.]+)/g, (found, sign, x, y) => {
    if (found === "Z") {
      here = start; // where SVG goes on from
      return "z";
    }
    const next = [Math.round(x * 10), Math.round(y * 10)];
    const step = next.map((value, at) => (value - here[at]) / 10);
    here = next;
    if (sign === "M") start = next;
    return `${sign.toLowerCase()}${step}`;
  });
}

export async function drawWorld(folder, read) {
  const world = JSON.parse(await read("countries-110m.json"));
  const land = feature(world, world.objects.land);
  const borders = mesh(world, world.objects.countries, (one, other) => one !== other);
  for (let centre = -180; centre < 180; centre += STEP) {
    const projection = geoNaturalEarth1()
      .scale(SCALE)
      .translate([WIDTH / 2, HEIGHT / 2])
      .rotate([-centre, 0])
      .precision(0.3);
    const path = geoPath(projection).digits(1);
    const draw = (shape) => stepwise(path(shape) ?? "");
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}"><style>
.sea{fill:#eef2f4}.land{fill:#fff;stroke:#b9c4ca;stroke-width:.4}.border{fill:none;stroke:#d5dce0;stroke-width:.3}
@media(prefers-color-scheme:dark){.sea{fill:#151b1f}.land{fill:#222b31;stroke:#46535b}.border{stroke:#36424a}}
</style><path class="sea" d="${draw({ type: "Sphere" })}"/><path class="land" d="${draw(land)}"/><path class="border" d="${draw(borders)}"/></svg>
`;
    await writeFile(join(folder, `world${centre}.svg`), svg);
  }
}
