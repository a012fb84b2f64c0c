namespace MacroPortfolio.Simulator.GitHub;

/// <summary>Where this GitHub is, as the client reached it.</summary>
/// <param name="Html">The site.</param>
/// <param name="Api">The REST API.</param>
public sealed record Links(string Html, string Api)
{
    public const string ApiPath = "/api/v3";

    public static Links Of(HttpRequest request) => new($"{request.Scheme}://{request.Host}", $"{request.Scheme}://{request.Host}{ApiPath}");

    public string Repository(GitHubRepository repository) => $"{Api}/repos/{repository.Name}";

    public string Page(GitHubRepository repository) => $"{Html}/{repository.Name}";
}
