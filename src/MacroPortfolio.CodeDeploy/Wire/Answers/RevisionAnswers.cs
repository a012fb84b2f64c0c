using Amazon.CodeDeploy.Model;

namespace Amazon.CodeDeploy.Wire;

internal static class RevisionAnswers
{
    public static readonly Structure<AppSpecContent> AppSpecContent = new Structure<AppSpecContent>()
        .Text("content", (x, value) => x.Content = value)
        .Text("sha256", (x, value) => x.Sha256 = value);

    public static readonly Structure<GitHubLocation> GitHubLocation = new Structure<GitHubLocation>()
        .Text("commitId", (x, value) => x.CommitId = value)
        .Text("repository", (x, value) => x.Repository = value);

    public static readonly Structure<S3Location> S3Location = new Structure<S3Location>()
        .Text("bucket", (x, value) => x.Bucket = value)
        .Text("bundleType", (x, value) => x.BundleType = value)
        .Text("eTag", (x, value) => x.ETag = value)
        .Text("key", (x, value) => x.Key = value)
        .Text("version", (x, value) => x.Version = value);

#pragma warning disable CS0618 // obsolete, and still answered for old revisions
    public static readonly Structure<RawString> RawString = new Structure<RawString>()
        .Text("content", (x, value) => x.Content = value)
        .Text("sha256", (x, value) => x.Sha256 = value);
#pragma warning restore CS0618

    public static readonly Structure<RevisionLocation> RevisionLocation = new Structure<RevisionLocation>()
        .Member("appSpecContent", AppSpecContent, (x, value) => x.AppSpecContent = value)
        .Member("gitHubLocation", GitHubLocation, (x, value) => x.GitHubLocation = value)
        .Text("revisionType", (x, value) => x.RevisionType = value)
        .Member("s3Location", S3Location, (x, value) => x.S3Location = value)
        .Member("string", RawString, (x, value) => x.String = value);

    public static readonly Structure<GenericRevisionInfo> GenericRevisionInfo = new Structure<GenericRevisionInfo>()
        .Texts("deploymentGroups", (x, value) => x.DeploymentGroups = value)
        .Text("description", (x, value) => x.Description = value)
        .Moment("firstUsedTime", (x, value) => x.FirstUsedTime = value)
        .Moment("lastUsedTime", (x, value) => x.LastUsedTime = value)
        .Moment("registerTime", (x, value) => x.RegisterTime = value);

    public static readonly Structure<GetApplicationRevisionResponse> GetApplicationRevisionResponse = new Structure<GetApplicationRevisionResponse>()
        .Text("applicationName", (x, value) => x.ApplicationName = value)
        .Member("revision", RevisionLocation, (x, value) => x.Revision = value)
        .Member("revisionInfo", GenericRevisionInfo, (x, value) => x.RevisionInfo = value);
}
