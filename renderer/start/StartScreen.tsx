/** What greets a person when no document is open. */
export function StartScreen() {
  return <main />;
}
