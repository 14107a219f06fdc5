import { withoutExtension } from "./specifiers.js";

/** The source files that are looked at together, whether or not the prefilter lets them through. */
export class Sources {
  private known: ReadonlySet<string> | undefined;

  /** @param fileNames absolute paths, with slashes */
  constructor(private readonly fileNames: Iterable<string>) {}

  /**
   * Is one of them meant by this path? What a compiler writes has another extension than what it reads. A relative path is
   * one from the working directory, which is some folder above the file that names it.
   *
   * @param from absolute path of the file that names it
   */
  has(path: string, from: string): boolean {
    this.known ??= new Set([...this.fileNames].map(withoutExtension));
    const wanted = withoutExtension(path.replace(/^\.\//, ""));
    if (/^(?:\/|[A-Za-z]:\/)/.test(path)) return this.known.has(wanted);
    const folders = from.split("/").slice(0, -1);
    return (
      wanted !== "" &&
      folders.some((_, depth) =>
        this.known!.has([...folders.slice(0, folders.length - depth), wanted].join("/")),
      )
    );
  }
}
