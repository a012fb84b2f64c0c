// What GitHub knows and a checker does not yet. Each is deleted with the release that learns it; one that hides nothing fails the check.
export const ignored = [
  // https://github.com/rhysd/actionlint/issues/657
  { linter: 'actionlint', message: /^unexpected key "queue" for "concurrency" section/ },
  // https://docs.github.com/en/actions/reference/workflows-and-actions/contexts#job-context
  { linter: 'actionlint', message: /^property "workflow_(sha|repository)" is not defined in object type/ },
];
