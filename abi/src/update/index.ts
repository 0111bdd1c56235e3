export { CHANNELS, channelOf, takesFrom } from './channel.js';
export { createUpdateHistory, type UpdateHistory, type UpdateRecord } from './update-history.js';
export { policyProblem, type UpdatePolicy, type UpdateRule } from './update-policy.js';
export {
  hostFindings,
  updateVerdict,
  type UpdateContext,
  type UpdateFinding,
  type UpdateRuleName,
  type UpdateVerdict,
} from './update-verdict.js';
export {
  upgradePath,
  type StateOf,
  type UpgradePathOptions,
  type UpgradeStep,
  type UpgradeStop,
} from './upgrade-path.js';
