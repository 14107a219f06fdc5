/** A name or kind that can't be used; nothing has been written. */
export class Refused extends Error {}
