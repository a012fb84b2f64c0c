// Plants mistakes in the templates, one at a time, and sees each of them found: so the check can fail.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { problemsOf } from './lib/check.js';

const mistakes = [
  { put: 'AWS::CodeDeploy::Application', for: 'AWS::CodeDeploy::Aplication', says: /no resource type/ },
  { put: '      ComputePlatform: Server\n', for: '      ComputePlatfrom: Server\n', says: /no property ComputePlatfrom/ },
  { put: '      ServiceRoleArn: !GetAtt ServiceRole.Arn\n', for: '', says: /ServiceRoleArn is missing/ },
  { put: 'SSEAlgorithm: AES256', for: 'SSEAlgoritm: AES256', says: /no property SSEAlgoritm/ },
  { put: '{ SSEAlgorithm: AES256 }', for: '{ KMSMasterKeyID: key }', says: /SSEAlgorithm is missing/ },
  { put: 'NewerNoncurrentVersions: 20', for: 'NewerNoncurrentVersions: twenty', says: /a number is expected/ },
  { put: 'BlockPublicAcls: true', for: 'BlockPublicAcls: sure', says: /true or false/ },
  { put: 'VersioningConfiguration: { Status: Enabled }', for: 'VersioningConfiguration: { Status: On }', says: /none of/ },
  { put: '[{ ObjectOwnership: BucketOwnerEnforced }]', for: '{ ObjectOwnership: BucketOwnerEnforced }', says: /a list is expected/ },
  { put: '        - { Key: owner, Value: !Ref Owner }\n', for: '', says: /the tag owner is missing/ },
  { in: 'auto-scaling.yml', put: '{ Key: cost-centre, Value: !Ref CostCentre, PropagateAtLaunch: true }', for: '{ Key: cost-center, Value: !Ref CostCentre, PropagateAtLaunch: true }', says: /AutoScalingGroup: the tag cost-centre/ },
  { in: 'auto-scaling.yml', put: 'ResourceType: launch-template\n          Tags:\n            - { Key: application', for: 'ResourceType: launch-template\n          Tags:\n            - { Key: app', says: /LaunchTemplate: the tag application/ },
  { put: '!Ref TagKey', for: '!Ref TagName', says: /no TagName/ },
  { put: '!GetAtt StatusRole.Arn', for: '!GetAtt StatusRole.ARN', says: /no attribute ARN/ },
  { put: '!GetAtt StatusRole.Arn', for: '!GetAtt StateRole.Arn', says: /no resource StateRole/ },
  { put: '${GrayRole.Arn}', for: '${GreyRole.Arn}', says: /no resource GreyRole/ },
  { put: "'${Application}-status'", for: "'${Aplication}-status'", says: /no Aplication/ },
  { put: 'Condition: HasOwnConfig', for: 'Condition: HasOwnConfiguration', says: /no condition HasOwnConfiguration/ },
  { put: '\nConditions:\n', for: '\nConditions:\n  Spare: !Equals [!Ref Fleet, tags]\n', says: /Conditions\.Spare: nothing refers/ },
  { put: '\nRules:', for: '  Spare:\n    Type: String\n    Description: unused\n    AllowedValues: [a]\n\nRules:', says: /Parameters\.Spare: nothing refers/ },
  { put: 'TagKey, GrayDeploymentConfig', for: 'GrayDeploymentConfig', says: /TagKey: stands in no group/ },
  { put: '    Description: Name of the CodeDeploy application; roles and bucket begin with it.\n', for: '', says: /Application: has no Description/ },
  { put: "    ConstraintDescription: 3 to 27 lower-case letters, digits and hyphens, because a bucket is named after it.\n", for: '', says: /does not say what it takes/ },
  { in: 'target-account.yml', put: 'Rollback: uat }', for: 'RollBack: uat }', says: /uat of HubRoles has no Rollback/ },
  { in: 'target-account.yml', put: '!FindInMap [HubRoles,', for: '!FindInMap [Roles,', says: /no mapping Roles/ },
  { in: 'auto-scaling.yml', put: 'DependsOn: Listener', for: 'DependsOn: Listeners', says: /no resource Listeners/ },
  { put: 'Action: codedeploy:StopDeployment', for: 'Action: codedeploy:StopDeployments', says: /no action/ },
  { put: 'Action: codedeploy:CreateDeployment\n', for: 'Action: codedeploy:*\n', says: /more than one action/ },
  { put: 'deploymentgroup:${Application}/gray', for: 'application:${Application}', says: /CreateDeployment is not checked on/ },
  { put: '              - codedeploy:ListDeployments\n', for: '              - codedeploy:ListDeployments\n              - codedeploy:StopDeployment\n', says: /checked on no resource, so/ },
  { put: '              - ec2:DescribeInstances\n', for: '              - ec2:DescribeInstances\n              - codedeploy:CreateDeployment\n', says: /can be limited/ },
  { put: "Resource: !Sub '${BundleBucket.Arn}'", for: "Resource: !Sub '${BundleBucket.Arn}/*'", says: /ListBucket is not checked on/ },
  { put: '!GetAtt', for: '!GetAttribute', says: /!GetAttribute is no function/ },
  { put: 'Resources:\n', for: 'Resources: [\n', says: /./ },
];

const folder = fileURLToPath(new URL('../../../workflows/cloudformation/', import.meta.url));
let passed = 0;
let failed = 0;
for (const mistake of mistakes) {
  const sound = readFileSync(folder + (mistake.in ?? 'single-account.yml'), 'utf8');
  const planted = sound.replace(mistake.put, () => mistake.for);
  const problems = planted === sound ? ['nothing was planted'] : await problemsOf(planted);
  if (problems.some(problem => mistake.says.test(problem)) && planted !== sound) passed++;
  else {
    failed++;
    console.log(`'${mistake.for.trim()}' for '${mistake.put.trim()}' was not found. Found: ${JSON.stringify(problems)}`);
  }
}

console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
