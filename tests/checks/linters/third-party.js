// The inputs that we use of actions of others, at the releases we pin: there is no network to ask for their action.yml.
export const thirdParty = {
  'actions/checkout': ['repository', 'ref', 'path', 'persist-credentials'],
  'actions/setup-dotnet': ['dotnet-version'],
};
