// Bundles each entry of src/ into ../static/built, under names made of their content, and writes
// there manifest.json: which files a page needs for which entry. Nothing else is read by the server.
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { drawWorld } from "./world.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const built = join(here, "..", "static", "built");
const scratch = `${built}.new`;
const ENTRIES = ["site", "results", "editor", "graph", "source"];

await rm(scratch, { recursive: true, force: true });
await mkdir(scratch, { recursive: true });
const { metafile } = await build({
  absWorkingDir: here,
  entryPoints: ENTRIES.map((name) => `src/${name}.ts`),
  outdir: scratch,
  bundle: true,
  splitting: true,
  format: "esm",
  target: "es2022",
  minify: true,
  legalComments: "linked",
  charset: "utf8",
  entryNames: "[name]-[hash]",
  chunkNames: "part-[hash]",
  metafile: true,
});

const manifest = {};
for (const [file, output] of Object.entries(metafile.outputs)) {
  if (!output.entryPoint) continue;
  const name = basename(output.entryPoint, ".ts");
  if (output.entryPoint !== `src/${name}.ts`) continue; // a part that is loaded when it is needed
  const parts = output.imports.filter(({ kind }) => kind === "import-statement");
  manifest[name] = {
    script: basename(file),
    parts: parts.map(({ path }) => basename(path)).sort(),
  };
}
await drawWorld(scratch, (name) => readFile(join(here, "node_modules", "world-atlas", name)));
await writeFile(join(scratch, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);
await rm(built, { recursive: true, force: true });
await rename(scratch, built);
console.log(`${relative(process.cwd(), built)}: ${Object.keys(metafile.outputs).length} files`);
