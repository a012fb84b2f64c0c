namespace MacroPortfolio.Hostile.Tests;

/// <summary>What the services answer when all is well, by what they are asked.</summary>
internal static class Answers
{
    public const string Commit = "1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d";

    private const string Group =
        """{"applicationName":"site","deploymentGroupName":"gray","deploymentConfigName":"CodeDeployDefault.OneAtATime","computePlatform":"Server","autoRollbackConfiguration":{"enabled":true,"events":["DEPLOYMENT_FAILURE"]},"autoScalingGroups":[{"name":"asg","hook":"h"}],"deploymentStyle":{"deploymentType":"IN_PLACE","deploymentOption":"WITH_TRAFFIC_CONTROL"},"loadBalancerInfo":{"targetGroupInfoList":[{"name":"tg"}],"elbInfoList":[{"name":"elb"}]},"outdatedInstancesStrategy":"UPDATE","blueGreenDeploymentConfiguration":{"deploymentReadyOption":{"actionOnTimeout":"STOP_DEPLOYMENT","waitTimeInMinutes":10}},"lastSuccessfulDeployment":{"deploymentId":"d-AAAAAAAAA","status":"Succeeded","endTime":1.7e9},"lastAttemptedDeployment":{"deploymentId":"d-AAAAAAAAA","status":"Succeeded","endTime":1.7e9}}""";

    private const string Deployment =
        """{"applicationName":"site","deploymentGroupName":"gray","deploymentId":"d-NEWNEWNEW","deploymentConfigName":"CodeDeployDefault.OneAtATime","status":"Succeeded","createTime":1.7e9,"startTime":1.7e9,"completeTime":1.7e9,"creator":"user","description":"words","revision":{"revisionType":"GitHub","gitHubLocation":{"repository":"acme/site","commitId":"1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d"}},"deploymentOverview":{"Pending":0,"InProgress":0,"Succeeded":2,"Failed":0,"Skipped":0,"Ready":0},"errorInformation":{"code":"HEALTH_CONSTRAINTS","message":"words"},"autoRollbackConfiguration":{"enabled":false,"events":[]},"rollbackInfo":{"rollbackDeploymentId":"","rollbackMessage":"words"},"computePlatform":"Server"}""";

    private const string Target =
        """{"deploymentTargetType":"InstanceTarget","instanceTarget":{"deploymentId":"d-NEWNEWNEW","targetId":"i-1","targetArn":"arn","status":"Succeeded","lastUpdatedAt":1.7e9,"lifecycleEvents":[{"lifecycleEventName":"Install","status":"Succeeded","startTime":1.7e9,"endTime":1.7e9},{"lifecycleEventName":"ValidateService","status":"Failed","startTime":1.7e9,"endTime":1.7e9,"diagnostics":{"errorCode":"ScriptFailed","scriptName":"scripts/x.sh","message":"words","logTail":"words"}}],"instanceLabel":"Blue"}}""";

    public static readonly IReadOnlyDictionary<string, string> CodeDeploy = new Dictionary<string, string>
    {
        ["GetDeploymentGroup"] = $$"""{"deploymentGroupInfo":{{Group}}}""",
        ["BatchGetDeploymentGroups"] = $$"""{"deploymentGroupsInfo":[{{Group}}],"errorMessage":"words"}""",
        ["ListDeploymentGroups"] = """{"applicationName":"site","deploymentGroups":["gray","stable"]}""",
        ["GetDeploymentConfig"] = """{"deploymentConfigInfo":{"deploymentConfigName":"CodeDeployDefault.OneAtATime","minimumHealthyHosts":{"type":"MOST_CONCURRENCY","value":1},"createTime":1.7e9}}""",
        ["GetDeployment"] = $$"""{"deploymentInfo":{{Deployment}}}""",
        ["BatchGetDeployments"] = $$"""{"deploymentsInfo":[{{Deployment.Replace("d-NEWNEWNEW", "d-AAAAAAAAA", StringComparison.Ordinal)}}]}""",
        ["ListDeployments"] = """{"deployments":["d-AAAAAAAAA"]}""",
        ["CreateDeployment"] = """{"deploymentId":"d-NEWNEWNEW"}""",
        ["StopDeployment"] = """{"status":"Pending","statusMessage":"words"}""",
        ["ListDeploymentTargets"] = """{"targetIds":["i-1","i-2"]}""",
        ["BatchGetDeploymentTargets"] = $$"""{"deploymentTargets":[{{Target}},{{Target.Replace("i-1", "i-2", StringComparison.Ordinal)}}]}""",
    };

    public const string Error = """{"__type":"com.amazonaws.codedeploy#DeploymentGroupDoesNotExistException","message":"words"}""";

    public const string Session =
        """<AssumeRoleWithWebIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleWithWebIdentityResult><Credentials><AccessKeyId>ASIAEXAMPLE</AccessKeyId><SecretAccessKey>secret</SecretAccessKey><SessionToken>token</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration></Credentials><SubjectFromWebIdentityToken>repo:acme/site:ref:refs/heads/main</SubjectFromWebIdentityToken><AssumedRoleUser><Arn>arn:aws:sts::123456789012:assumed-role/deploy/run</Arn><AssumedRoleId>AROA:run</AssumedRoleId></AssumedRoleUser><Audience>sts.amazonaws.com</Audience></AssumeRoleWithWebIdentityResult><ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></AssumeRoleWithWebIdentityResponse>""";

    public const string SessionRefused =
        """<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>Not authorized to perform sts:AssumeRoleWithWebIdentity</Message></Error><RequestId>1</RequestId></ErrorResponse>""";

    public static readonly string Token = $$"""{"count":1,"value":"{{Jwt}}"}""";

    public static readonly IReadOnlyDictionary<string, string> GitHub = new Dictionary<string, string>
    {
        ["commit"] = """{"sha":"COMMIT","commit":{"message":"Show yields (#17)\n\nwords"}}""".Replace("COMMIT", Commit, StringComparison.Ordinal),
        ["pulls"] = """[{"number":17,"state":"open","head":{"sha":"COMMIT","repo":{"full_name":"acme/site"}},"base":{"sha":"x","repo":{"full_name":"acme/site"}}}]""".Replace("COMMIT", Commit, StringComparison.Ordinal),
        ["comments"] = """[{"id":5,"body":"words","user":{"login":"dana","type":"User"}}]""",
        ["comment"] = """{"id":6,"body":"words","user":{"login":"github-actions[bot]","type":"Bot"}}""",
        ["deployments"] = """[{"id":9,"sha":"COMMIT","environment":"gray","payload":{"schema":1,"application":"site","stage":"gray","groups":["gray"],"deployments":["d-AAAAAAAAA"],"release":"words","gates":[{"name":"words","verdict":"pass","why":"words"}],"run":"words","attempt":1}},{"id":8,"sha":"COMMIT","environment":"gray","payload":"words"}]""".Replace("COMMIT", Commit, StringComparison.Ordinal),
        ["deployment"] = """{"id":10,"sha":"COMMIT","environment":"gray","payload":{}}""".Replace("COMMIT", Commit, StringComparison.Ordinal),
        ["statuses"] = """[{"id":11,"state":"in_progress","log_url":"https://github.com/acme/site/actions/runs/41/job/1"}]""",
        ["status"] = """{"id":12,"state":"success","log_url":"words"}""",
        ["tree"] = """{"sha":"t","tree":[{"path":"appspec.yml","mode":"100644","type":"blob","sha":"b","size":24},{"path":"run.sh","mode":"100755","type":"blob","sha":"c","size":10}],"truncated":false}""",
        ["appspec"] = $$"""{"content":"{{Convert.ToBase64String("version: 0.0\nos: linux\nhooks:\n  AfterInstall:\n    - location: run.sh\n      timeout: 60\n"u8)}}","encoding":"base64"}""",
        ["contents"] = $$"""{"content":"{{Convert.ToBase64String("application: site\nowner: acme/portfolio\nrunbook: https://acme.example/runbook\n"u8)}}","encoding":"base64"}""",
    };

    private static string Jwt
    {
        get
        {
            static string Part(string json) => System.Buffers.Text.Base64Url.EncodeToString(System.Text.Encoding.UTF8.GetBytes(json));
            return $"{Part("""{"alg":"RS256","typ":"JWT"}""")}.{Part("""{"iss":"https://token.actions.githubusercontent.com","aud":"sts.amazonaws.com","sub":"repo:acme/site:ref:refs/heads/main","repository":"acme/site","repository_owner":"acme","ref":"refs/heads/main"}""")}.x";
        }
    }
}
