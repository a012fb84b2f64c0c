using System.Net;
using Amazon.CodeDeploy;
using Amazon.CodeDeploy.Model;
using Amazon.Runtime;
using Amazon.SecurityToken;
using Amazon.SecurityToken.Model;
using MacroPortfolio.Simulator.Tests.World;
using MacroPortfolio.Simulator.World;

namespace MacroPortfolio.Simulator.Tests.Faults;

/// <summary>What clients on AWS's own library make of each fault.</summary>
public sealed class SdkClientTests
{
    private static readonly BasicAWSCredentials Keys = new(TestCloud.Dana.Id, TestCloud.Dana.Secret);

    [Theory]
    [InlineData("throttled", null, null, "ThrottlingException 400 ThrottlingException")]
    [InlineData("status", 500, null, "AmazonCodeDeployException 500 InternalFailure")]
    [InlineData("status", 503, null, "AmazonCodeDeployException 503 ServiceUnavailable")]
    [InlineData("status", 429, null, "AmazonCodeDeployException 429 TooManyRequestsException")]
    [InlineData("error", null, "RevisionDoesNotExistException", "RevisionDoesNotExistException 400 RevisionDoesNotExistException")]
    [InlineData("error", null, "InvalidRoleException", "InvalidRoleException 400 InvalidRoleException")]
    [InlineData("error", null, "ExpiredTokenException", "AmazonCodeDeployException 400 ExpiredTokenException")]
    [InlineData("refused", null, null, "no answer")]
    [InlineData("reset-after-read", null, null, "no answer")]
    [InlineData("answer-lost", null, null, "no answer")]
    [InlineData("truncated", null, null, "AmazonUnmarshallingException 400 ")]
    public async Task The_client_of_CodeDeploy_meets_each_fault_as_what_it_is(string kind, int? status, string? code, string expected)
    {
        await using var cloud = await WithAsync(new FaultWorld { Service = "codedeploy", Kind = kind, Status = status, Error = code });
        using var client = CodeDeploy(cloud, retries: 0);
        var request = new CreateDeploymentRequest { ApplicationName = "site", DeploymentGroupName = "web" };

        var call = () => client.CreateDeploymentAsync(request);

        Told((await call.Should().ThrowAsync<Exception>()).Which).Should().Be(expected);
    }

    [Theory]
    [InlineData("throttled", null, "AmazonSecurityTokenServiceException 400 Throttling")]
    [InlineData("error", "IDPCommunicationError", "IDPCommunicationErrorException 400 IDPCommunicationError")]
    [InlineData("error", "IDPRejectedClaim", "IDPRejectedClaimException 403 IDPRejectedClaim")]
    [InlineData("error", "InvalidIdentityToken", "InvalidIdentityTokenException 400 InvalidIdentityToken")]
    [InlineData("error", "ExpiredTokenException", "ExpiredTokenException 400 ExpiredTokenException")]
    [InlineData("error", "RegionDisabledException", "RegionDisabledException 403 RegionDisabledException")]
    [InlineData("answer-lost", null, "no answer")]
    public async Task The_client_of_STS_meets_each_fault_as_what_it_is(string kind, string? code, string expected)
    {
        await using var cloud = await WithAsync(new FaultWorld { Service = "sts", Kind = kind, Error = code });
        using var client = new AmazonSecurityTokenServiceClient(
            new AnonymousAWSCredentials(), new AmazonSecurityTokenServiceConfig { ServiceURL = cloud.Simulator.Url, AuthenticationRegion = "ap-east-1", MaxErrorRetry = 0 });
        var request = new AssumeRoleWithWebIdentityRequest { RoleArn = TestCloud.GrayRole, RoleSessionName = "run-1", WebIdentityToken = "token" };

        var call = () => client.AssumeRoleWithWebIdentityAsync(request);

        Told((await call.Should().ThrowAsync<Exception>()).Which).Should().Be(expected);
    }

    [Fact]
    public async Task A_client_corrects_its_clock_by_what_the_service_shows()
    {
        await using var cloud = await TestCloud.StartAsync(world => world with { ClockSkewSeconds = -3600 });
        using var client = CodeDeploy(cloud, retries: 1);

        var answer = await client.GetDeploymentConfigAsync(new GetDeploymentConfigRequest { DeploymentConfigName = "CodeDeployDefault.AllAtOnce" });

        answer.HttpStatusCode.Should().Be(HttpStatusCode.OK);
        cloud.Log.Should().HaveCount(2, "the first was refused");
    }

    private static Task<TestCloud> WithAsync(FaultWorld fault) => TestCloud.StartAsync(world => world with { Faults = [fault] });

    private static AmazonCodeDeployClient CodeDeploy(TestCloud cloud, int retries) =>
        new(Keys, new AmazonCodeDeployConfig { ServiceURL = cloud.Simulator.Url, AuthenticationRegion = "ap-east-1", MaxErrorRetry = retries });

    private static string Told(Exception met) => met switch
    {
        AmazonServiceException { StatusCode: not 0 } answer => $"{answer.GetType().Name} {(int)answer.StatusCode} {answer.ErrorCode}",
        _ => "no answer",
    };
}
