// The published JSON schema of action.yml, which alone refuses unknown keys and output values in a docker action.
// Its schema of workflows is older than ours, and says no more than that one of its alternatives is not met.
import validator from '@action-validator/core';

export async function actionValidator({ path, text }) {
  if (!path.endsWith('action.yml')) return [];
  const { errors } = validator.validateAction(text);
  return errors.map(({ title, detail, path: at }) => ({ line: 0, message: [at, detail ?? title].filter(Boolean).join(': ') }));
}
