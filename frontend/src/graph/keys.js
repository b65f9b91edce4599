// The keys of the drawing. They act only while it has the focus, so that they are in nobody's way.

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
const focusOn = (id) => () => document.getElementById(id)?.focus();

export function listen(canvas, explorer) {
  const chosen = (act) => () => explorer.chosen && act(explorer.chosen);
  const actions = {
    "+": () => explorer.scene.zoom(1),
    "-": () => explorer.scene.zoom(-1),
    0: () => explorer.scene.fit(),
    "]": chosen(() => explorer.step(1)),
    "[": chosen(() => explorer.step(-1)),
    e: chosen((key) => explorer.unfold(key)),
    c: chosen((key) => explorer.fold(key)),
    h: chosen((key) => explorer.hide(key)),
    p: chosen((key) => explorer.paths(key)),
    f: () => explorer.near(0),
    u: () => history.back(),
    U: () => history.forward(),
    g: focusOn("table"),
    l: focusOn("mirror"),
    "/": focusOn("quick"),
    x: () => document.querySelector("#files a").focus(),
    "?": () => document.getElementById("keys").showModal(),
    Escape: () => explorer.letGo(),
    Enter: () => explorer.enter(),
  };
  for (const depth of [1, 2, 3, 4]) actions[depth] = chosen(() => explorer.near(depth));
  canvas.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key in ARROWS) explorer.move(...ARROWS[event.key]);
    else if (event.key in actions) actions[event.key]();
    else return;
    event.preventDefault();
  });
}
