/** The decision alone, in process, for a command line of 2 KB. */
export default function evaluate({ runTypeScript }) {
  runTypeScript('evaluate-in-process');
}
