using Amazon.Runtime;

namespace Amazon.CodeDeploy.Model;

public class GetApplicationRequest : AmazonCodeDeployRequest
{
    public string ApplicationName { get; set; }
}

public class GetApplicationResponse : AmazonWebServiceResponse
{
    public ApplicationInfo Application { get; set; }
}

public class ApplicationInfo
{
    public string ApplicationId { get; set; }
    public string ApplicationName { get; set; }
    public ComputePlatform ComputePlatform { get; set; }
    public DateTime? CreateTime { get; set; }
    public string GitHubAccountName { get; set; }
    public bool? LinkedToGitHub { get; set; }
}
