// Labels beside their points, each where it covers nothing; one that fits nowhere is left out.
import { widthOf } from "./lettering";

export interface Spot {
  x: number;
  y: number;
  radius: number;
  label: string;
}

export interface Placed {
  /** Where the label begins, ends or has its middle, from the point. */
  dx: number;
  dy: number;
  anchor: "start" | "middle" | "end";
}

type Box = readonly [left: number, top: number, right: number, bottom: number];

const LINE = 14;

/** Return a place for the label of each spot, the first spots first; null where there is none. */
export function placeLabels(
  spots: readonly Spot[],
  [width, height]: readonly [number, number],
): (Placed | null)[] {
  const taken: Box[] = spots.map(({ x, y, radius }) => [x - radius, y - radius, x + radius, y + radius]);
  return spots.map(({ x, y, radius, label }, own) => {
    const long = widthOf(label);
    const gap = radius + 4;
    const ways: [Placed, Box][] = [
      [{ dx: gap, dy: 4, anchor: "start" }, [x + gap, y - 8, x + gap + long, y - 8 + LINE]],
      [{ dx: -gap, dy: 4, anchor: "end" }, [x - gap - long, y - 8, x - gap, y - 8 + LINE]],
      [{ dx: 0, dy: -gap - 1, anchor: "middle" }, [x - long / 2, y - gap - LINE, x + long / 2, y - gap]],
      [{ dx: 0, dy: gap + 10, anchor: "middle" }, [x - long / 2, y + gap, x + long / 2, y + gap + LINE]],
    ];
    for (const [placed, box] of ways) {
      const inside = box[0] >= 0 && box[1] >= 0 && box[2] <= width && box[3] <= height;
      if (!inside || taken.some((other, at) => at !== own && overlap(box, other))) continue;
      taken.push(box);
      return placed;
    }
    return null;
  });
}

function overlap(one: Box, other: Box): boolean {
  return one[0] < other[2] && other[0] < one[2] && one[1] < other[3] && other[1] < one[3];
}
