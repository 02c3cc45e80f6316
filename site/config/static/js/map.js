// The map is one tab stop; arrow keys go to the nearest commune in their direction.
const map = document.querySelector("[data-map]");
const label = document.querySelector("[data-map-label]");
const cells = [...(map?.querySelectorAll("a.cell") ?? [])];
const place = (cell) => [Number(cell.dataset.x), Number(cell.dataset.y)];
const DIRECTIONS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

function choose(cell) {
  for (const other of cells) other.setAttribute("tabindex", other === cell ? "0" : "-1");
}
function nearest(from, [dx, dy]) {
  const [x, y] = place(from);
  let best;
  for (const cell of cells) {
    const [cx, cy] = place(cell);
    const ahead = (cx - x) * dx + (cy - y) * dy;
    if (cell === from || ahead <= 0) continue;
    const aside = Math.abs((cx - x) * dy) + Math.abs((cy - y) * dx);
    const cost = ahead + 2 * aside;
    if (!best || cost < best.cost) best = { cell, cost };
  }
  return best?.cell;
}

if (cells.length) choose(cells.find((cell) => cell.hasAttribute("aria-current")) ?? cells[0]);
map?.addEventListener("keydown", (event) => {
  const direction = DIRECTIONS[event.key];
  const cell = event.target.closest("a.cell");
  if (!direction || !cell) return;
  event.preventDefault();
  const next = nearest(cell, direction);
  if (next) {
    choose(next);
    next.focus();
  }
});
for (const kind of ["focusin", "pointerover"]) {
  map?.addEventListener(kind, (event) => {
    const cell = event.target.closest("a.cell");
    if (cell && label) label.textContent = cell.dataset.label;
  });
}
