using System.Reflection;
using Amazon.CodeDeploy.Model;
using Amazon.CodeDeploy.Tests.Server;
using Amazon.Runtime;

namespace Amazon.CodeDeploy.Tests;

/// <summary>What callers see is what the official package shows, so that either can be referenced.</summary>
public sealed class PublicSurfaceTests
{
    private static readonly Type[] Types = typeof(AmazonCodeDeployClient).Assembly.GetExportedTypes();

    [Fact]
    public void Every_public_type_is_in_a_namespace_of_the_official_package() => Types.Select(type => type.Namespace).Distinct().Should().BeEquivalentTo(
        "Amazon.CodeDeploy", "Amazon.CodeDeploy.Endpoints", "Amazon.CodeDeploy.Internal", "Amazon.CodeDeploy.Model");

    [Fact]
    public void The_client_is_made_in_twelve_ways() =>
        typeof(AmazonCodeDeployClient).GetConstructors().Select(Parameters).Should().BeEquivalentTo(
            "", "region", "config", "credentials", "credentials region", "credentials clientConfig",
            "awsAccessKeyId awsSecretAccessKey", "awsAccessKeyId awsSecretAccessKey region", "awsAccessKeyId awsSecretAccessKey clientConfig",
            "awsAccessKeyId awsSecretAccessKey awsSessionToken", "awsAccessKeyId awsSecretAccessKey awsSessionToken region",
            "awsAccessKeyId awsSecretAccessKey awsSessionToken clientConfig");

    [Fact]
    public void Every_operation_may_be_replaced_and_needs_no_token()
    {
        foreach (var method in typeof(AmazonCodeDeployClient).GetMethods().Where(method => method.Name.EndsWith("Async", StringComparison.Ordinal)))
        {
            Parameters(method).Should().Be("request cancellationToken");
            method.GetParameters()[1].HasDefaultValue.Should().BeTrue();
            method.IsVirtual.Should().BeTrue();
            method.IsFinal.Should().BeFalse();
        }
    }

    [Fact]
    public void Every_exception_is_made_in_six_ways()
    {
        foreach (var exception in Types.Where(type => type.IsAssignableTo(typeof(AmazonCodeDeployException))))
        {
            exception.GetConstructors().Select(Parameters).Should().BeEquivalentTo(
                "", "message", "innerException", "message innerException", "message errorType errorCode requestId statusCode",
                "message innerException errorType errorCode requestId statusCode");
        }
    }

    [Fact]
    public void Members_are_null_until_they_are_set()
    {
        var models = Types.Where(type => type.Namespace == typeof(Alarm).Namespace && type.IsClass && type.GetConstructor([]) is not null);

        foreach (var model in models.Where(type => !type.IsAssignableTo(typeof(Exception))))
        {
            var instance = Activator.CreateInstance(model);
            foreach (var member in model.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
                member.GetValue(instance).Should().BeNull($"{model.Name}.{member.Name} was not set");
        }
    }

    [Fact]
    public void Every_class_may_be_derived_from() => Types.Where(type => type is { IsClass: true, IsSealed: true, IsAbstract: false }).Should().BeEmpty();

    /// <summary>How wide a number is, AWS's JavaScript client does not know, so tests/foreign/client cannot compare it.</summary>
    [Fact]
    public void Numbers_are_as_wide_as_in_the_official_package()
    {
        var numbers =
            from type in Types
            where type.Namespace == typeof(Alarm).Namespace
            from member in type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            let number = Nullable.GetUnderlyingType(member.PropertyType)
            where number == typeof(int) || number == typeof(long) || number == typeof(double)
            select $"{number.Name} {type.Name}.{member.Name}";

        numbers.Should().BeEquivalentTo(
            "Int32 BlueInstanceTerminationOption.TerminationWaitTimeInMinutes", "Int32 DeploymentReadyOption.WaitTimeInMinutes",
            "Int32 MinimumHealthyHosts.Value", "Int32 MinimumHealthyHostsPerZone.Value",
            "Int32 TimeBasedCanary.CanaryInterval", "Int32 TimeBasedCanary.CanaryPercentage",
            "Int32 TimeBasedLinear.LinearInterval", "Int32 TimeBasedLinear.LinearPercentage",
            "Int64 DeploymentOverview.Failed", "Int64 DeploymentOverview.InProgress", "Int64 DeploymentOverview.Pending",
            "Int64 DeploymentOverview.Ready", "Int64 DeploymentOverview.Skipped", "Int64 DeploymentOverview.Succeeded",
            "Int64 ECSTaskSet.DesiredCount", "Int64 ECSTaskSet.PendingCount", "Int64 ECSTaskSet.RunningCount",
            "Int64 ZonalConfig.FirstZoneMonitorDurationInSeconds", "Int64 ZonalConfig.MonitorDurationInSeconds",
            "Double CloudFormationTarget.TargetVersionWeight", "Double ECSTaskSet.TrafficWeight", "Double LambdaFunctionInfo.TargetVersionWeight");
    }

    [Fact]
    public void Constants_are_text_that_knows_its_kind()
    {
        DeploymentStatus parsed = "inprogress";

        parsed.Should().BeSameAs(DeploymentStatus.InProgress);
        (DeploymentStatus.InProgress == "InProgress").Should().BeTrue();
        ((string)BundleType.Tgz).Should().Be("tgz");
        DeploymentStatus.FindValue("Teleporting").Value.Should().Be("Teleporting");
        DeploymentStatus.FindValue(null!).Should().BeNull();
    }

    [Fact]
    public void Constants_have_the_spelling_of_the_wire()
    {
        var constants =
            from type in Types
            where type.IsSubclassOf(typeof(ConstantClass))
            from field in type.GetFields(BindingFlags.Public | BindingFlags.Static)
            select (Name: $"{type.Name}.{field.Name}", FieldName: field.Name, ((ConstantClass)field.GetValue(null)!).Value);

        constants.Where(constant => constant.Value != constant.FieldName).Select(constant => $"{constant.Name} = {constant.Value}").Should().BeEquivalentTo(
            "BundleType.Tar = tar", "BundleType.Tgz = tgz", "BundleType.Zip = zip", "DeploymentCreator.Autoscaling = autoscaling",
            "DeploymentCreator.AutoscalingTermination = autoscalingTermination", "DeploymentCreator.CodeDeployRollback = codeDeployRollback",
            "DeploymentCreator.User = user");
    }

    [Fact]
    public void The_defaults_are_cores()
    {
        var config = new AmazonCodeDeployConfig();

        AmazonCodeDeployConfig.ServiceId.Should().Be("CodeDeploy");
        config.ServiceVersion.Should().Be("2014-10-06");
        config.RegionEndpointServiceName.Should().Be("codedeploy");
        config.AuthenticationServiceName.Should().Be("codedeploy");
        config.RetryMode.Should().Be(RequestRetryMode.Standard);
        config.MaxErrorRetry.Should().Be(2);
        config.MaxStaleConnectionRetries.Should().Be(10);
        AmazonCodeDeployDefaultConfiguration.GetAllConfigurations().Select(it => it.Name).Should().BeEquivalentTo(Enum.GetValues<DefaultConfigurationMode>());
    }

    [Fact]
    public async Task A_client_can_be_made_by_those_who_know_only_its_interface()
    {
        await using var server = new RawServer(Answer.Json("""{"deploymentId":"d-1"}"""));
        using var client = Make<IAmazonCodeDeploy>(server.Url);

        var response = await client.CreateDeploymentAsync(new CreateDeploymentRequest());

        response.DeploymentId.Should().Be("d-1");
    }

    private static T Make<T>(string url)
        where T : IAmazonService
    {
        var config = T.CreateDefaultClientConfig();
        config.ServiceURL = url;
        return (T)T.CreateDefaultServiceClient(Some.Credentials, config);
    }

    private static string Parameters(MethodBase method) => string.Join(' ', method.GetParameters().Select(parameter => parameter.Name));
}
