/**
 * The order of the folders inside a top-level folder. A folder imports only itself and the folders that stand before it. Files
 * directly in the top-level folder connect its folders: they may import all of them, and none of them imports these files.
 */
const layers = require('./layers.json');
const { spec } = require('./places.cjs');

/** One rule for each folder, and one for each top-level folder. */
exports.layerRules = Object.entries(layers).flatMap(([room, folders]) => [
  ...folders.map((folder, place) => ({
    name: `layers: ${room}/${folder}`,
    comment: `In ${room} imports point only to folders that stand earlier in scripts/walls/layers.json.`,
    severity: 'error',
    from: { path: `^${room}/${folder}/`, pathNot: spec },
    to: { path: [`^${room}/[^/]+$`, ...folders.slice(place + 1).map((later) => `^${room}/${later}/`)] },
  })),
  {
    name: `layers: folders of ${room}`,
    comment: 'A folder without a place in scripts/walls/layers.json could be imported from anywhere.',
    severity: 'error',
    from: {},
    to: { path: `^${room}/[^/]+/`, pathNot: [...folders.map((folder) => `^${room}/${folder}/`), spec] },
  },
]);
