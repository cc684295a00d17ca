/** What happened: success with its fields, or a failure with one of a closed set of reasons. */
export type Outcome<Success extends object, Reason extends string> =
  | ({ readonly ok: true } & Success)
  | { readonly ok: false; readonly reason: Reason };
