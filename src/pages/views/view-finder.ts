import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

const ending = '.hbs';

/** The module of a view and its name there; `module` is null for the portal's own views. */
export interface ViewName {
  readonly module: string | null;
  readonly name: string;
}

/** Parses `modules/<id>/<name>`, or the plain name of one of the portal's own views. */
export function viewName(view: string): ViewName {
  const [, module, name] = /^modules\/([^/]+)\/(.+)$/.exec(view) ?? [];
  return module && name ? { module, name } : { module: null, name: view };
}

/** The folders that contain templates. */
export interface ViewFolders {
  /** The portal's `templates/`. */
  readonly host: string;
  /** The name of a folder below `templates/themes/`, or null. */
  readonly theme: string | null;
  /** The folder of each installed module, or several: a later one wins. */
  readonly modules: ReadonlyMap<string, string | readonly string[]>;
}

/** Finds templates: the theme's file overrides the portal's, and that overrides the module's own. */
export class ViewFinder {
  constructor(private readonly folders: ViewFolders) {}

  /**
   * Every template that views of this owner can use, by its path without extension. A module's views can use the portal's
   * templates too (layouts, partials); their own template of the same name comes first.
   */
  sources(module: string | null): ReadonlyMap<string, string> {
    return new Map(this.search(module).flatMap(readTemplates));
  }

  /** Lowest precedence first. */
  private search(module: string | null): string[] {
    const { host, theme } = this.folders;
    const brands = theme === null ? [host] : [host, join(host, 'themes', theme)];
    if (module === null) return brands;
    const own = this.folders.modules.get(module);
    if (!own) throw new Error(`No installed module is called ${module}.`);
    return [...brands, ...[own].flat(), ...brands.map((brand) => join(brand, 'modules', module))];
  }
}

function readTemplates(folder: string): [string, string][] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith(ending))
    .map((file) => join(folder, file))
    .map((file) => [nameOf(folder, file), readFileSync(file, 'utf8')]);
}

function nameOf(folder: string, file: string): string {
  return relative(folder, file).slice(0, -ending.length).split(sep).join('/');
}
