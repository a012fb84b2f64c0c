using System.Security.Cryptography;
using System.Text;
using Amazon.CodeDeploy.Model;
using Amazon.CodeDeploy.Tests.Server;
using Amazon.Runtime;

namespace Amazon.CodeDeploy.Tests;

public sealed class HeaderTests
{
    [Fact]
    public async Task A_request_names_its_operation_its_content_and_its_version()
    {
        await using var server = new RawServer(Answer.Json("{}"));
        using var client = Some.Client(server);

        await client.GetDeploymentAsync(new GetDeploymentRequest { DeploymentId = "d-ABCDEF123" });

        var request = server.Requests.Should().ContainSingle().Subject;
        request.Line.Should().Be("POST / HTTP/1.1");
        request["X-Amz-Target"].Should().Be("CodeDeploy_20141006.GetDeployment");
        request["Content-Type"].Should().Be("application/x-amz-json-1.1");
        request["x-amz-api-version"].Should().Be("2014-10-06");
        request["amz-sdk-request"].Should().Be("attempt=1; max=1");
        request["Host"].Should().Be(new Uri(server.Url).Authority);
        request["Content-Length"].Should().Be("30");
        request["Transfer-Encoding"].Should().BeNull();
        request["Expect"].Should().BeNull();
        request["Accept"].Should().BeNull();
    }

    [Fact]
    public async Task The_user_agent_says_which_client_this_is()
    {
        await using var server = new RawServer(Answer.Json("{}"));
        using var client = Some.Client(server);

        await client.GetDeploymentAsync(new GetDeploymentRequest());

        server.Requests[0]["User-Agent"].Should()
            .StartWith("aws-sdk-dotnet-coreclr/4.0.103 ua/2.1 os/")
            .And.Contain(" md/aws-sdk-dotnet-core#4.0.103.0 api/CodeDeploy#4.0.103 md/ClientAsync ");
    }

    [Fact]
    public async Task A_request_is_signed_for_codedeploy_in_the_region_of_the_configuration()
    {
        await using var server = new RawServer(Answer.Json("{}"));
        using var client = Some.Client(server);

        await client.GetDeploymentAsync(new GetDeploymentRequest { DeploymentId = "d-ABCDEF123" });

        var request = server.Requests[0];
        request["Authorization"].Should().MatchRegex(
            "^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/[0-9]{8}/eu-west-1/codedeploy/aws4_request, "
            + "SignedHeaders=content-type;host;x-amz-api-version;x-amz-content-sha256;x-amz-date;x-amz-target, Signature=[0-9a-f]{64}$");
        request["X-Amz-Content-SHA256"].Should().Be(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(request.Body))));
        request["X-Amz-Date"].Should().MatchRegex("^[0-9]{8}T[0-9]{6}Z$");
        request["x-amz-security-token"].Should().BeNull();
    }

    [Fact]
    public async Task The_token_of_session_credentials_is_sent_and_signed()
    {
        await using var server = new RawServer(Answer.Json("{}"));
        using var client = Some.Client(server, credentials: new SessionAWSCredentials("ASIAEXAMPLE", "secret", "tokenEXAMPLE=="));

        await client.GetDeploymentAsync(new GetDeploymentRequest());

        server.Requests[0]["x-amz-security-token"].Should().Be("tokenEXAMPLE==");
        server.Requests[0]["Authorization"].Should().Contain(
            "SignedHeaders=content-type;host;x-amz-api-version;x-amz-content-sha256;x-amz-date;x-amz-security-token;x-amz-target,");
    }

    [Fact]
    public async Task An_anonymous_request_is_not_signed()
    {
        await using var server = new RawServer(Answer.Json("{}"));
        using var client = Some.Client(server, credentials: new AnonymousAWSCredentials());

        await client.GetDeploymentAsync(new GetDeploymentRequest());

        server.Requests[0]["Authorization"].Should().BeNull();
        server.Requests[0]["X-Amz-Date"].Should().BeNull();
    }

    [Fact]
    public async Task Without_a_region_anywhere_a_request_is_signed_for_us_east_1()
    {
        await using var server = new RawServer(Answer.Json("{}"));
        using var client = new AmazonCodeDeployClient(Some.Credentials, new AmazonCodeDeployConfig { ServiceURL = server.Url });

        await client.GetDeploymentAsync(new GetDeploymentRequest());

        server.Requests[0]["Authorization"].Should().Contain("/us-east-1/codedeploy/aws4_request");
    }

    [Fact]
    public async Task Without_a_region_in_the_configuration_a_request_is_signed_for_the_region_in_its_address()
    {
        var signatures = new List<string?>();
        var config = new AmazonCodeDeployConfig
        {
            ServiceURL = "https://codedeploy.eu-north-1.amazonaws.com",
            HttpClientFactory = new Line((request, _) =>
            {
                signatures.Add(request.Headers.GetValues("Authorization").Single());
                return Task.FromResult(new HttpResponseMessage { Content = new StringContent("{}") });
            }),
        };
        using var client = new AmazonCodeDeployClient(Some.Credentials, config);

        await client.GetDeploymentAsync(new GetDeploymentRequest());

        signatures.Should().ContainSingle().Which.Should().Contain("/eu-north-1/codedeploy/aws4_request");
    }

    [Fact]
    public async Task The_path_of_the_service_url_is_kept()
    {
        await using var server = new RawServer(Answer.Json("{}"));
        using var client = new AmazonCodeDeployClient(Some.Credentials, new AmazonCodeDeployConfig { ServiceURL = server.Url + "/prefix/path" });

        await client.GetDeploymentAsync(new GetDeploymentRequest());

        server.Requests[0].Line.Should().Be("POST /prefix/path/ HTTP/1.1");
    }

    [Fact]
    public async Task The_request_id_of_the_answer_is_kept()
    {
        await using var server = new RawServer(Answer.Json("{}", 200, ("x-amzn-RequestId", "6f1c")));
        using var client = Some.Client(server);

        var response = await client.GetDeploymentAsync(new GetDeploymentRequest());

        response.ResponseMetadata.RequestId.Should().Be("6f1c");
        response.HttpStatusCode.Should().Be(System.Net.HttpStatusCode.OK);
    }
}
