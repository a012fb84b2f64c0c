using Amazon.CodeDeploy.Model;

namespace Amazon.CodeDeploy.Wire;

internal static class ApplicationAnswers
{
    public static readonly Structure<ApplicationInfo> ApplicationInfo = new Structure<ApplicationInfo>()
        .Text("applicationId", (x, value) => x.ApplicationId = value)
        .Text("applicationName", (x, value) => x.ApplicationName = value)
        .Text("computePlatform", (x, value) => x.ComputePlatform = value)
        .Moment("createTime", (x, value) => x.CreateTime = value)
        .Text("gitHubAccountName", (x, value) => x.GitHubAccountName = value)
        .Flag("linkedToGitHub", (x, value) => x.LinkedToGitHub = value);

    public static readonly Structure<GetApplicationResponse> GetApplicationResponse = new Structure<GetApplicationResponse>()
        .Member("application", ApplicationInfo, (x, value) => x.Application = value);
}
