namespace MacroPortfolio.Simulator.CodeDeploy.Shapes;

/// <summary>Where a revision lies. Equal members mean the same revision, as in AWS's registry. The locations for AWS Lambda and Amazon ECS are not read.</summary>
public sealed record RevisionLocation
{
    public string? RevisionType { get; init; }
    public S3Location? S3Location { get; init; }
    public GitHubLocation? GitHubLocation { get; init; }
}

public sealed record S3Location(string? Bucket, string? Key, string? BundleType, string? Version, string? ETag);

public sealed record GitHubLocation(string? Repository, string? CommitId);

public sealed record GenericRevisionInfo(
    string? Description, IReadOnlyList<string> DeploymentGroups, DateTimeOffset? FirstUsedTime, DateTimeOffset? LastUsedTime, DateTimeOffset RegisterTime);

public sealed record RevisionInfo(RevisionLocation RevisionLocation, GenericRevisionInfo GenericRevisionInfo);

public sealed record RegisterApplicationRevisionRequest(string? ApplicationName, string? Description, RevisionLocation? Revision);

public sealed record GetApplicationRevisionRequest(string? ApplicationName, RevisionLocation? Revision);

public sealed record GetApplicationRevisionResponse(string ApplicationName, RevisionLocation Revision, GenericRevisionInfo RevisionInfo);

public sealed record BatchGetApplicationRevisionsRequest(string? ApplicationName, IReadOnlyList<RevisionLocation?>? Revisions);

public sealed record BatchGetApplicationRevisionsResponse(string ApplicationName, string? ErrorMessage, IReadOnlyList<RevisionInfo> Revisions);

public sealed record ListApplicationRevisionsRequest(
    string? ApplicationName, string? SortBy, string? SortOrder, string? S3Bucket, string? S3KeyPrefix, string? Deployed, string? NextToken);

public sealed record ListApplicationRevisionsResponse(IReadOnlyList<RevisionLocation> Revisions, string? NextToken);
