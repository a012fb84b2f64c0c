using System.Collections.ObjectModel;
using Amazon.Runtime;

namespace Amazon.CodeDeploy;

/// <summary>
/// The defaults that AWS_DEFAULTS_MODE chooses from, the same for every AWS SDK.
/// https://docs.aws.amazon.com/sdkref/latest/guide/feature-smart-config-defaults.html
/// </summary>
public static class AmazonCodeDeployDefaultConfiguration
{
    public static IDefaultConfiguration Standard { get; } = Connecting(DefaultConfigurationMode.Standard, TimeSpan.FromMilliseconds(3100));
    public static IDefaultConfiguration InRegion { get; } = Connecting(DefaultConfigurationMode.InRegion, TimeSpan.FromMilliseconds(1100));
    public static IDefaultConfiguration CrossRegion { get; } = Connecting(DefaultConfigurationMode.CrossRegion, TimeSpan.FromMilliseconds(3100));
    public static IDefaultConfiguration Mobile { get; } = Connecting(DefaultConfigurationMode.Mobile, TimeSpan.FromSeconds(30));
    public static IDefaultConfiguration Auto { get; } = Connecting(DefaultConfigurationMode.Auto, TimeSpan.FromMilliseconds(1100));

    public static ReadOnlyCollection<IDefaultConfiguration> GetAllConfigurations() => new([Standard, InRegion, CrossRegion, Mobile, Auto]);

    private static DefaultConfiguration Connecting(DefaultConfigurationMode name, TimeSpan within) => new()
    {
        Name = name,
        RetryMode = RequestRetryMode.Standard,
        S3UsEast1RegionalEndpoint = S3UsEast1RegionalEndpointValue.Regional,
        ConnectTimeout = within,
        TlsNegotiationTimeout = within,
    };
}
