using System.Text.Json.Nodes;

namespace MacroPortfolio.Simulator.GitHub;

/// <summary>An error that GitHub would answer.</summary>
public sealed class GitHubException(int status, string message, JsonArray? errors = null) : Exception(message)
{
    public int Status { get; } = status;
    public JsonArray? Errors { get; } = errors;

    /// <summary>Where the text is about more than the one operation.</summary>
    public string? Documentation { get; init; }

    public TimeSpan? RetryAfter { get; init; }

    public static GitHubException NotFound() => new(404, "Not Found");

    public static GitHubException Invalid(string resource, string code, string field, string? message = null)
    {
        var error = new JsonObject { ["resource"] = resource, ["code"] = code, ["field"] = field };
        if (message is not null)
            error["message"] = message;
        return new GitHubException(422, "Validation Failed", [error]);
    }
}
