/** The installation cannot go on: what stands in the way, and what to do now. */
export class InstallProblem extends Error {
  readonly instead: string;
  constructor(message: string, instead: string) {
    super(message);
    this.instead = instead;
  }
}
