import type { TileDefinition } from '../api/reports';

export const WIDEST = 4;
export const HIGHEST = 3;

type Tiles = readonly TileDefinition[];

/** The tile moved before the one at `to`, or to the end. */
export function moved(tiles: Tiles, from: number, to: number): Tiles {
  const tile = tiles[from];
  if (tile === undefined || to < 0 || to >= tiles.length) {
    return tiles;
  }
  const rest = tiles.filter((_, index) => index !== from);
  return [...rest.slice(0, to), tile, ...rest.slice(to)];
}

export function resized(tiles: Tiles, at: number, wider: number, higher: number): Tiles {
  const within = (size: number, most: number) => Math.min(most, Math.max(1, size));
  return tiles.map((tile, index) =>
    index === at
      ? { ...tile, width: within(tile.width + wider, WIDEST), height: within(tile.height + higher, HIGHEST) }
      : tile,
  );
}

export function without(tiles: Tiles, at: number): Tiles {
  return tiles.filter((_, index) => index !== at);
}
