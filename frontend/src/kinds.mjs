// The glyph of each kind: a shape of its own, its colour and a white icon, the same in rows, chains and the network.
const SHAPES = {
  circle: '<circle cx="16" cy="16" r="14"/>',
  hexagon: '<path d="M9 3.5h14L30.5 16 23 28.5H9L1.5 16z"/>',
  diamond: '<path d="M16 1l15 15-15 15L1 16z"/>',
  square: '<rect x="3" y="3" width="26" height="26" rx="2"/>',
  tag: '<path d="M2 5.5h19.5L31 16l-9.5 10.5H2z"/>',
  triangle: '<path d="M16 2.5L31 28.5H1z"/>',
  sheet: '<path d="M5 2h15.5L27 8.5V30H5z"/>',
};
// x, y, size: where the icon stands inside the shape, in its 32 units
const PLACES = {
  circle: [8, 8, 16], hexagon: [8.5, 8.5, 15], diamond: [8.5, 8.5, 15], square: [8, 8, 16],
  tag: [6.5, 9, 14], triangle: [10.5, 14, 11], sheet: [8.5, 9.5, 15],
};
export const KINDS = {
  worker: ["circle", "#1f5fa8", "person-fill"],
  studio: ["hexagon", "#0b6e66", "tools"],
  achievement: ["diamond", "#9a5800", "lightbulb-fill"],
  enterprise: ["square", "#4a5460", "building-fill"],
  skill: ["tag", "#6b3fa0", "wrench-adjustable"],
  need: ["triangle", "#99306b", "question-lg"],
  patent: ["sheet", "#3f6212", "award-fill"],
  listing: ["square", "#4a5460", "tag-fill"],
  association: ["hexagon", "#0b6e66", "people-fill"],
  organisation: ["square", "#1f2328", "diagram-3-fill"],
  occupation: ["tag", "#6b3fa0", "briefcase-fill"],
  field: ["tag", "#59616b", "bookmark"],
};

export function glyph(kind, iconBody) {
  const [shape, colour] = KINDS[kind];
  const [x, y, size] = PLACES[shape];
  return `<g fill="${colour}">${SHAPES[shape]}</g><g fill="#fff" transform="translate(${x} ${y}) scale(${size / 16})">${iconBody}</g>`;
}
