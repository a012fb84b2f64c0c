using System.Text.Json.Serialization;

namespace MacroPortfolio.Simulator.CodeDeploy.Shapes;

public sealed record Tag(
    [property: JsonPropertyName("Key")] string? Key,
    [property: JsonPropertyName("Value")] string? Value);

public sealed record ApplicationInfo(
    string ApplicationId, string ApplicationName, DateTimeOffset CreateTime, bool LinkedToGitHub, string? GitHubAccountName, string ComputePlatform);

public sealed record CreateApplicationRequest(string? ApplicationName, string? ComputePlatform, IReadOnlyList<Tag?>? Tags);

public sealed record CreateApplicationResponse(string ApplicationId);

public sealed record ApplicationRequest(string? ApplicationName);

public sealed record GetApplicationResponse(ApplicationInfo Application);

public sealed record ListApplicationsRequest(string? NextToken);

public sealed record ListApplicationsResponse(IReadOnlyList<string> Applications, string? NextToken);

public sealed record BatchGetApplicationsRequest(IReadOnlyList<string?>? ApplicationNames);

public sealed record BatchGetApplicationsResponse(IReadOnlyList<ApplicationInfo> ApplicationsInfo);

public sealed record ListTagsForResourceRequest(
    [property: JsonPropertyName("ResourceArn")] string? ResourceArn,
    [property: JsonPropertyName("NextToken")] string? NextToken);

public sealed record ListTagsForResourceResponse([property: JsonPropertyName("Tags")] IReadOnlyList<Tag> Tags);

public sealed record TagResourceRequest(
    [property: JsonPropertyName("ResourceArn")] string? ResourceArn,
    [property: JsonPropertyName("Tags")] IReadOnlyList<Tag?>? Tags);

public sealed record UntagResourceRequest(
    [property: JsonPropertyName("ResourceArn")] string? ResourceArn,
    [property: JsonPropertyName("TagKeys")] IReadOnlyList<string?>? TagKeys);

/// <summary>An answer without members.</summary>
public sealed record EmptyResponse;

/// <summary>Of the operations that have no answer in the API's model: the body is empty.</summary>
public sealed record NoOutput;
