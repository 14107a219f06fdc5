import { loadInProcess } from "./in-process.js";
import type { LoadedProject, Project } from "./project.js";

/**
 * The seam between projects and compilers: what a project's types are, whichever TypeScript answers.
 *
 * @param project its `compiler` says which TypeScript it has; with `native`, `compiler.ts` is only for parsing
 */
export function loadProject(project: Project): LoadedProject {
  return loadInProcess(project);
}
