using Amazon.CodeDeploy.Tests.Server;

namespace Amazon.CodeDeploy.Tests;

/// <summary>Which errors an operation declares is AWS's model; the name alone does not make the type.</summary>
public sealed class DeclaredErrorTests
{
    private static readonly Dictionary<string, string[]> Declared = new()
    {
        ["CreateDeployment"] =
        [
            "AlarmsLimitExceeded", "ApplicationDoesNotExist", "ApplicationNameRequired", "DeploymentConfigDoesNotExist",
            "DeploymentGroupDoesNotExist", "DeploymentGroupNameRequired", "DeploymentLimitExceeded", "DescriptionTooLong", "InvalidAlarmConfig",
            "InvalidApplicationName", "InvalidAutoRollbackConfig", "InvalidAutoScalingGroup", "InvalidComputePlatform", "InvalidDeploymentConfigName",
            "InvalidDeploymentGroupName", "InvalidECSService", "InvalidFileExistsBehavior", "InvalidGitHubAccountToken",
            "InvalidIgnoreApplicationStopFailuresValue", "InvalidInput", "InvalidLoadBalancerInfo", "InvalidRevision", "InvalidRole", "InvalidTargetInstances", "InvalidTrafficRoutingConfiguration",
            "InvalidUpdateOutdatedInstancesOnlyValue", "RevisionDoesNotExist", "RevisionRequired", "Throttling",
        ],
        ["GetDeployment"] = ["DeploymentDoesNotExist", "DeploymentIdRequired", "InvalidDeploymentId"],
        ["BatchGetDeployments"] = ["BatchLimitExceeded", "DeploymentIdRequired", "InvalidDeploymentId"],
        ["ListDeployments"] =
        [
            "ApplicationDoesNotExist", "ApplicationNameRequired", "DeploymentGroupDoesNotExist", "DeploymentGroupNameRequired",
            "InvalidApplicationName", "InvalidDeploymentGroupName", "InvalidDeploymentStatus", "InvalidExternalId", "InvalidInput",
            "InvalidNextToken", "InvalidTimeRange",
        ],
        ["StopDeployment"] =
        [
            "DeploymentAlreadyCompleted", "DeploymentDoesNotExist", "DeploymentGroupDoesNotExist", "DeploymentIdRequired", "InvalidDeploymentId",
            "UnsupportedActionForDeploymentType",
        ],
        ["ContinueDeployment"] =
        [
            "DeploymentAlreadyCompleted", "DeploymentDoesNotExist", "DeploymentIdRequired", "DeploymentIsNotInReadyState", "InvalidDeploymentId",
            "InvalidDeploymentStatus", "InvalidDeploymentWaitType", "UnsupportedActionForDeploymentType",
        ],
        ["ListDeploymentTargets"] =
        [
            "ApplicationDoesNotExist", "DeploymentDoesNotExist", "DeploymentGroupDoesNotExist", "DeploymentIdRequired", "DeploymentNotStarted",
            "InvalidDeploymentId", "InvalidDeploymentInstanceType", "InvalidInstanceStatus", "InvalidInstanceType", "InvalidNextToken",
            "InvalidTargetFilterName",
        ],
        ["BatchGetDeploymentTargets"] =
        [
            "DeploymentDoesNotExist", "DeploymentIdRequired", "DeploymentNotStarted", "DeploymentTargetDoesNotExist", "DeploymentTargetIdRequired",
            "DeploymentTargetListSizeExceeded", "InstanceDoesNotExist", "InvalidDeploymentId", "InvalidDeploymentTargetId",
        ],
        ["GetDeploymentGroup"] =
        [
            "ApplicationDoesNotExist", "ApplicationNameRequired", "DeploymentConfigDoesNotExist", "DeploymentGroupDoesNotExist",
            "DeploymentGroupNameRequired", "InvalidApplicationName", "InvalidDeploymentGroupName",
        ],
        ["BatchGetDeploymentGroups"] =
        [
            "ApplicationDoesNotExist", "ApplicationNameRequired", "BatchLimitExceeded", "DeploymentConfigDoesNotExist", "DeploymentGroupNameRequired",
            "InvalidApplicationName", "InvalidDeploymentGroupName",
        ],
        ["ListDeploymentGroups"] = ["ApplicationDoesNotExist", "ApplicationNameRequired", "InvalidApplicationName", "InvalidNextToken"],
        ["GetApplication"] = ["ApplicationDoesNotExist", "ApplicationNameRequired", "InvalidApplicationName"],
        ["GetDeploymentConfig"] =
        [
            "DeploymentConfigDoesNotExist", "DeploymentConfigNameRequired", "InvalidComputePlatform", "InvalidDeploymentConfigName",
        ],
        ["RegisterApplicationRevision"] =
        [
            "ApplicationDoesNotExist", "ApplicationNameRequired", "DescriptionTooLong", "InvalidApplicationName", "InvalidRevision",
            "RevisionRequired",
        ],
        ["GetApplicationRevision"] =
        [
            "ApplicationDoesNotExist", "ApplicationNameRequired", "InvalidApplicationName", "InvalidRevision", "RevisionDoesNotExist",
            "RevisionRequired",
        ],
    };

    public static TheoryData<string> Operations => [.. Declared.Keys];

    [Theory, MemberData(nameof(Operations))]
    public async Task What_the_operation_declares_has_its_own_type_and_nothing_else_has(string operation)
    {
        var names = Declared.Values.SelectMany(names => names).Distinct().ToArray();
        await using var server = new RawServer(names.Select(name => Answer.Error(name + "Exception")));
        using var client = Some.Client(server);

        foreach (var name in names)
        {
            var exception = await Record.ExceptionAsync(() => Call.ByNameAsync(client, operation));

            exception.Should().BeAssignableTo<AmazonCodeDeployException>().Which.ErrorCode.Should().Be(name + "Exception");
            exception!.GetType().FullName.Should().Be(
                Declared[operation].Contains(name) ? $"Amazon.CodeDeploy.Model.{name}Exception" : "Amazon.CodeDeploy.AmazonCodeDeployException");
        }
    }

    [Fact]
    public void Every_exception_of_the_model_is_declared_by_an_operation()
    {
        var exceptions = typeof(AmazonCodeDeployException).Assembly.GetExportedTypes().Where(type => type.IsSubclassOf(typeof(AmazonCodeDeployException)));

        exceptions.Select(type => type.Name).Should().BeEquivalentTo(Declared.Values.SelectMany(names => names).Distinct().Select(name => name + "Exception"));
    }
}
