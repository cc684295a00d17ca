/** What whoever runs the replay can put right: its message is the sentence to print. */
export class ReplayTrouble extends Error {}
