using Amazon.CodeDeploy.Endpoints;
using Amazon.CodeDeploy.Internal;
using Amazon.CodeDeploy.Model;
using Amazon.Runtime;

namespace Amazon.CodeDeploy.Tests;

public sealed class EndpointTests
{
    [Theory]
    [InlineData("us-east-1", false, false, "codedeploy.us-east-1.amazonaws.com")]
    [InlineData("us-east-1", true, false, "codedeploy-fips.us-east-1.amazonaws.com")]
    [InlineData("us-east-1", false, true, "codedeploy.us-east-1.api.aws")]
    [InlineData("us-east-1", true, true, "codedeploy-fips.us-east-1.api.aws")]
    [InlineData("eu-west-1", false, false, "codedeploy.eu-west-1.amazonaws.com")]
    [InlineData("xx-future-9", false, false, "codedeploy.xx-future-9.amazonaws.com")]
    [InlineData("cn-north-1", false, false, "codedeploy.cn-north-1.amazonaws.com.cn")]
    [InlineData("cn-northwest-1", true, false, "codedeploy-fips.cn-northwest-1.amazonaws.com.cn")]
    [InlineData("cn-north-1", false, true, "codedeploy.cn-north-1.api.amazonwebservices.com.cn")]
    [InlineData("us-gov-west-1", false, false, "codedeploy.us-gov-west-1.amazonaws.com")]
    [InlineData("us-gov-east-1", true, false, "codedeploy-fips.us-gov-east-1.amazonaws.com")]
    [InlineData("us-gov-west-1", true, true, "codedeploy-fips.us-gov-west-1.api.aws")]
    [InlineData("us-iso-east-1", false, false, "codedeploy.us-iso-east-1.c2s.ic.gov")]
    [InlineData("us-iso-east-1", true, false, "codedeploy-fips.us-iso-east-1.c2s.ic.gov")]
    [InlineData("us-iso-east-1", false, true, "codedeploy.us-iso-east-1.api.aws.ic.gov")]
    [InlineData("us-isob-east-1", false, false, "codedeploy.us-isob-east-1.sc2s.sgov.gov")]
    [InlineData("us-isob-east-1", false, true, "codedeploy.us-isob-east-1.api.aws.scloud")]
    [InlineData("eu-isoe-west-1", false, false, "codedeploy.eu-isoe-west-1.cloud.adc-e.uk")]
    [InlineData("us-isof-south-1", false, false, "codedeploy.us-isof-south-1.csp.hci.ic.gov")]
    [InlineData("eusc-de-east-1", false, false, "codedeploy.eusc-de-east-1.amazonaws.eu")]
    public void Each_partition_has_its_names(string region, bool fips, bool dualStack, string host)
    {
        var config = new AmazonCodeDeployConfig
        {
            RegionEndpoint = RegionEndpoint.GetBySystemName(region),
            UseFIPSEndpoint = fips,
            UseDualstackEndpoint = dualStack,
            IgnoreConfiguredEndpointUrls = true,
        };
        using var client = new AmazonCodeDeployClient(Some.Credentials, config);

        var endpoint = client.DetermineServiceOperationEndpoint(new GetDeploymentRequest());

        new Uri(endpoint.URL).Should().Be(new Uri($"https://{host}"));
    }

    [Fact]
    public void A_service_url_is_taken_as_it_is()
    {
        using var client = new AmazonCodeDeployClient(Some.Credentials, new AmazonCodeDeployConfig { ServiceURL = "http://127.0.0.1:5000/aws" });

        client.DetermineServiceOperationEndpoint(new GetDeploymentRequest()).URL.Should().Be("http://127.0.0.1:5000/aws/");
    }

    [Theory]
    [InlineData(true, false, "Invalid Configuration: FIPS and custom endpoint are not supported")]
    [InlineData(false, true, "Invalid Configuration: Dualstack and custom endpoint are not supported")]
    public async Task A_service_url_has_no_variants(bool fips, bool dualStack, string message)
    {
        var config = new AmazonCodeDeployConfig { ServiceURL = "http://127.0.0.1:1", UseFIPSEndpoint = fips, UseDualstackEndpoint = dualStack };
        using var client = new AmazonCodeDeployClient(Some.Credentials, config);

        var exception = await Record.ExceptionAsync(() => client.GetDeploymentAsync(new GetDeploymentRequest()));

        exception.Should().BeOfType<AmazonClientException>().Which.Message.Should().Be(message);
    }

    [Fact]
    public void The_rules_need_a_region_or_an_endpoint()
    {
        var resolve = () => new AmazonCodeDeployEndpointProvider().ResolveEndpoint(new CodeDeployEndpointParameters());

        resolve.Should().Throw<AmazonClientException>().WithMessage("Invalid Configuration: Missing Region");
    }

    [Fact]
    public void A_region_replaces_a_service_url()
    {
        var config = new AmazonCodeDeployConfig { ServiceURL = "http://127.0.0.1:1" };

        config.RegionEndpoint = RegionEndpoint.EUWest1;

        config.ServiceURL.Should().BeNull();
    }

    [Fact]
    public void A_service_url_replaces_a_region()
    {
        var config = new AmazonCodeDeployConfig { RegionEndpoint = RegionEndpoint.EUWest1, ServiceURL = "http://127.0.0.1:1" };
        using var client = new AmazonCodeDeployClient(Some.Credentials, config);

        client.DetermineServiceOperationEndpoint(new GetDeploymentRequest()).URL.Should().Be("http://127.0.0.1:1/");
    }
}
