import { loadInProcess } from "./in-process.js";
import { loadNative } from "./native.js";
import type { LoadedProject, Project } from "./project.js";
import { commandLineOf } from "./tsconfig.js";

/**
 * The seam between projects and compilers: what a project's types are, whichever TypeScript answers.
 *
 * @param project its `compiler` says which TypeScript it has
 */
export function loadProject(project: Project): LoadedProject {
  if (project.compiler.kind !== "native") return loadInProcess(project);
  return loadNative(project) ?? loadInProcess(asReadInProcess(project));
}

/** Its options by the numbers that the TypeScript in this process has for them. */
function asReadInProcess(project: Project): Project {
  const { tsconfig: path, compiler } = project;
  if (path === undefined) return project;
  const { options, projectReferences: references = [] } = commandLineOf({ path, compiler });
  return { ...project, options, references };
}
