// Bundles the browser code into src/esskg/server/static/dist, with a manifest and the licences of what is inside.
import { build } from "esbuild";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";

const here = path.dirname(fileURLToPath(import.meta.url));
const dist = path.join(here, "..", "src", "esskg", "server", "static", "dist");

async function bundle() {
  const { metafile } = await build({
    absWorkingDir: here,
    entryPoints: { graph: "src/graph.js", query: "src/query.js" },
    outdir: dist,
    entryNames: "[name].[hash]",
    bundle: true,
    minify: true,
    format: "esm",
    target: ["es2022"],
    legalComments: "none",
    metafile: true,
  });
  return metafile;
}

function manifest(metafile) {
  const outputs = Object.entries(metafile.outputs).filter(([, output]) => output.entryPoint);
  return Object.fromEntries(
    outputs.map(([file, output]) => [path.basename(output.entryPoint, ".js"), path.basename(file)]),
  );
}

function packages(metafile) {
  const found = Object.keys(metafile.inputs).map((file) => file.match(/node_modules\/((?:@[^/]+\/)?[^/]+)/)?.[1]);
  return [...new Set(found.filter(Boolean))].sort();
}

async function licence(name) {
  const folder = path.join(here, "node_modules", name);
  const about = JSON.parse(await readFile(path.join(folder, "package.json"), "utf8"));
  const file = (await readdir(folder)).find((entry) => /^licen[cs]e/i.test(entry));
  const text = file ? await readFile(path.join(folder, file), "utf8") : `Licence: ${about.license}`;
  return `${name} ${about.version} (${about.license})\n\n${text.trim()}\n`;
}

await rm(dist, { recursive: true, force: true });
await mkdir(dist, { recursive: true });
const metafile = await bundle();
const licences = await Promise.all(packages(metafile).map(licence));
await writeFile(path.join(dist, "vendor-licenses.txt"), licences.join(`\n${"-".repeat(80)}\n\n`));
await writeFile(path.join(dist, "manifest.json"), JSON.stringify(manifest(metafile), null, 2) + "\n");
