using Amazon.Runtime;

namespace Amazon.CodeDeploy.Model;

public class RegisterApplicationRevisionRequest : AmazonCodeDeployRequest
{
    public string ApplicationName { get; set; }
    public string Description { get; set; }
    public RevisionLocation Revision { get; set; }
}

public class RegisterApplicationRevisionResponse : AmazonWebServiceResponse;

public class GetApplicationRevisionRequest : AmazonCodeDeployRequest
{
    public string ApplicationName { get; set; }
    public RevisionLocation Revision { get; set; }
}

public class GetApplicationRevisionResponse : AmazonWebServiceResponse
{
    public string ApplicationName { get; set; }
    public RevisionLocation Revision { get; set; }
    public GenericRevisionInfo RevisionInfo { get; set; }
}

public class RevisionLocation
{
    public AppSpecContent AppSpecContent { get; set; }
    public GitHubLocation GitHubLocation { get; set; }
    public RevisionLocationType RevisionType { get; set; }
    public S3Location S3Location { get; set; }
#pragma warning disable CS0618 // the member itself is not marked in the official package
    public RawString String { get; set; }
#pragma warning restore CS0618
}

public class S3Location
{
    public string Bucket { get; set; }
    public BundleType BundleType { get; set; }
    public string ETag { get; set; }
    public string Key { get; set; }
    public string Version { get; set; }
}

public class GitHubLocation
{
    public string CommitId { get; set; }
    public string Repository { get; set; }
}

public class AppSpecContent
{
    public string Content { get; set; }
    public string Sha256 { get; set; }
}

[Obsolete("RawString and String revision type are deprecated, use AppSpecContent type instead.")]
public class RawString
{
    public string Content { get; set; }
    public string Sha256 { get; set; }
}

public class GenericRevisionInfo
{
    public List<string> DeploymentGroups { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
    public string Description { get; set; }
    public DateTime? FirstUsedTime { get; set; }
    public DateTime? LastUsedTime { get; set; }
    public DateTime? RegisterTime { get; set; }
}
