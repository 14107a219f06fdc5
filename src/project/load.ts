import { loadInProcess } from "./in-process.js";
import { loadNative } from "./native.js";
import type { LoadedProject, Project } from "./project.js";

/**
 * The seam between projects and compilers: what a project's types are, whichever TypeScript answers.
 *
 * @param project its `compiler` says which TypeScript it has
 */
export function loadProject(project: Project): LoadedProject {
  const native = project.compiler.kind === "native" ? loadNative(project) : undefined;
  return native ?? loadInProcess(project);
}
