// Places on a map drawn here, from the public-domain outlines of Natural Earth; no tiles are asked for.
import { type GeoProjection, geoEqualEarth, geoGraticule10, geoPath } from "d3-geo";
import type { GeometryObject, Topology } from "topojson-specification";
import { feature, mesh } from "topojson-client";
import world from "world-atlas/countries-110m.json";
import { gettext, ngettext, sentences } from "../words";
import { h, s } from "./dom";
import { fitted } from "./lettering";
import { type Picture, type Scene, canvas, explained, linked } from "./picture";
import { placeLabels } from "./placing";
import { type Coordinates, coordinatesOf, naming } from "./shape";
import { movable } from "./zoom";

interface Point extends Coordinates {
  /** What the rows call it that stand at this place. */
  labels: string[];
  href: string | null;
  /** The address that explains the first row here. */
  why: string | null;
}

const MOST_LABELS = 80;
const LEAST_DEGREES = 6; // a single place is shown with this much around it

/** Draw where each row is. */
export function draw(scene: Scene): Picture {
  const { points, placed: rows } = readPoints(scene);
  const { width } = scene;
  const most = Math.round(Math.min(560, Math.max(300, width * 0.56)));
  const projection = geoEqualEarth();
  const frame = { type: "MultiPoint" as const, coordinates: around(points) };
  projection.rotate([-middle(points), 0]).fitExtent([[24, 24], [width - 24, most - 24]], frame);
  const outline = geoPath(projection).digits(1);
  const height = withoutSky(projection, most);
  const topology = world as unknown as Topology;
  const land = topology.objects["land"] as GeometryObject;
  const states = topology.objects["countries"] as GeometryObject;
  const inner = s(
    "g",
    {},
    s("path", { class: "rv-sea", d: outline({ type: "Sphere" }) ?? "" }),
    s("path", { class: "rv-graticule", d: outline(geoGraticule10()) ?? "" }),
    s("path", { class: "rv-land", d: outline(feature(topology, land)) ?? "" }),
    s("path", {
      class: "rv-border",
      d: outline(mesh(topology, states as never, (one, other) => one !== other)) ?? "",
    }),
  );
  const size = points.length > 200 ? 2.5 : 4.5;
  const spots = points.flatMap((point) => {
    const at = projection([point.longitude, point.latitude]);
    return at ? [{ point, x: at[0], y: at[1], radius: size, label: fitted(called(point), 170) }] : [];
  });
  const places = spots.length > MOST_LABELS ? [] : placeLabels(spots, [width, height]);
  const marks = spots.map(({ point, x, y, label }, at) => {
    const placed = places[at];
    const mark = s(
      "g",
      { class: "rv-place", "data-x": x, "data-y": y, transform: `translate(${x} ${y})` },
      explained(
        point.why,
        called(point),
        s("circle", { class: "rv-point", r: size }, s("title", {}, [...new Set(point.labels)].join("; "))),
      ),
      placed &&
        linked(
          point.href,
          s("text", { class: "rv-label rv-halo", x: placed.dx, y: placed.dy, "text-anchor": placed.anchor }, label),
        ),
    );
    return mark;
  });
  inner.append(...marks);
  const sentence = inSentence(points, rows, scene.rows.length);
  const svg = canvas(width, height, scene.title, sentence, inner);
  const buttons = movable(svg, inner, [width, height], (scale) => {
    for (const mark of inner.querySelectorAll<SVGGElement>(".rv-place")) {
      const { x, y } = mark.dataset;
      mark.setAttribute("transform", `translate(${x} ${y}) scale(${1 / scale})`);
    }
    inner.style.strokeWidth = String(1 / scale);
  });
  return {
    svg,
    sentence,
    controls: [buttons],
    key: h("p", { class: "note" }, gettext("Outlines: Natural Earth. Where they run is no statement on any border.")),
  };
}

/** Move a map up to where the world begins; return the height that it takes of what there is. */
function withoutSky(projection: GeoProjection, most: number): number {
  const [[, north], [, south]] = geoPath(projection).bounds({ type: "Sphere" });
  const top = Math.max(0, north);
  const [x, y] = projection.translate();
  projection.translate([x, y - top]);
  return Math.ceil(Math.min(most, south) - top);
}

function readPoints({ columns, rows, cells, places }: Scene): { points: Point[]; placed: number } {
  const name = naming(columns);
  const read = coordinatesOf(columns);
  const found = new Map<string, Point>();
  let placed = 0;
  for (const row of rows) {
    const column = read ? name : columns.find(({ link }) => places.has(row[link]?.value ?? ""));
    const where = read ? read(row) : places.get(row[column?.link ?? -1]?.value ?? "");
    if (!where) continue;
    placed += 1;
    const label = (column && cells.text(row, column)) || `${where.latitude}, ${where.longitude}`;
    const key = `${where.latitude} ${where.longitude}`;
    const known = found.get(key);
    if (known) known.labels.push(label);
    else found.set(key, { ...where, labels: [label], href: column ? cells.href(row, column) : null, why: cells.grounds.href(row) });
  }
  return { points: [...found.values()], placed };
}

/** Return what a point is called: by its one name, or by the first of several. */
function called({ labels }: Point): string {
  const [first = ""] = labels;
  const others = new Set(labels).size - 1;
  return others ? ngettext("%(name)s and %(num)s more", "%(name)s and %(num)s more", others, { name: first }) : first;
}

/** Return the meridian in the middle of the points: opposite to the widest gap between them. */
function middle(points: readonly Point[]): number {
  const around = points.map(({ longitude }) => longitude).sort((one, other) => one - other);
  let [widest, after] = [0, 0];
  around.forEach((longitude, place) => {
    const next = around[place + 1] ?? (around[0] ?? 0) + 360;
    if (next - longitude > widest) [widest, after] = [next - longitude, next];
  });
  const centre = after + (360 - widest) / 2;
  return ((((centre + 180) % 360) + 360) % 360) - 180;
}

function around(points: readonly Point[]): [number, number][] {
  return points.flatMap(({ latitude, longitude }) => [
    [longitude - LEAST_DEGREES, Math.max(-89, latitude - LEAST_DEGREES / 2)],
    [longitude + LEAST_DEGREES, Math.min(89, latitude + LEAST_DEGREES / 2)],
  ]);
}

function inSentence(points: readonly Point[], placed: number, rows: number): string {
  const ordered = [...points].sort((one, other) => one.latitude - other.latitude);
  const [south, north] = [ordered[0], ordered.at(-1)];
  if (!south || !north) return gettext("No row has coordinates.");
  const num = points.length;
  return sentences(
    num === 1
      ? gettext("One place: %(place)s.", { place: called(south) })
      : gettext("%(num)s places, the northernmost %(north)s, the southernmost %(south)s.", { num, north: called(north), south: called(south) }),
    placed > num ? ngettext("%(num)s row stands at them.", "%(num)s rows stand at them.", placed) : "",
    rows > placed ? ngettext("%(num)s row has no coordinates.", "%(num)s rows have no coordinates.", rows - placed) : "",
  );
}
